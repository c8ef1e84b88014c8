import type { RequestHandler } from "../requestHandler.ts";

/** The model's files, the workload, and the parts of the simulated kernel that are in use. */
export const loadedSources: RequestHandler<"loadedSources"> = {
  command: "loadedSources",
  capabilities: { supportsLoadedSourcesRequest: true },
  handle(_args, session) {
    const modules = session.run?.lab.modules.keys() ?? [];
    return { sources: [...modules].map((module) => session.sources.of(module, session.client)) };
  },
};
