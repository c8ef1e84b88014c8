import type { RequestHandler } from "../requestHandler.ts";

/** Files of the program: the driver model's, the workload's, and the parts of the kernel that are in use. */
export const modules: RequestHandler<"modules"> = {
  command: "modules",
  needs: "launched",
  capabilities: { supportsModulesRequest: true },
  shape: { startModule: "integer?", moduleCount: "integer?" },
  handle(args, session) {
    const { lab } = session.live;
    const all = [...lab.modules.keys()].map((module) => {
      const isModel = lab.program.modelModules.includes(module);
      const name = module.file.slice(module.file.lastIndexOf("/") + 1);
      return { id: module.id, name, path: module.file, isUserCode: isModel, symbolStatus: "compiled" };
    });
    const start = args.startModule ?? 0;
    const count = args.moduleCount === undefined || args.moduleCount === 0 ? all.length : args.moduleCount;
    return { modules: all.slice(start, start + count), totalModules: all.length };
  },
};
