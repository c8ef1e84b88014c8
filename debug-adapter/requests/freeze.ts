import { UserError } from "../errors.ts";
import type { RequestHandler } from "../requestHandler.ts";
import { freeze as freezeCpus, frozenCpus } from "../session/cpuControl.ts";
import { requireThread } from "./requireThread.ts";

/** Custom request: CPUs that execute nothing until they are thawed. */
export const freeze: RequestHandler<"netdev-lab/freeze"> = {
  command: "netdev-lab/freeze",
  needs: "stopped",
  shape: { threadIds: "array", frozen: "boolean" },
  handle(args, session) {
    for (const id of args.threadIds) requireThread(session, id);
    const cpus = args.threadIds.map((id) => id - 1);
    const { machine } = session.live;
    if (args.frozen && machine.cpus.every(({ id, frozen }) => frozen || cpus.includes(id)))
      throw new UserError("at least one CPU must not be frozen: nothing could run any more");
    freezeCpus(session, cpus, args.frozen);
    return { frozen: frozenCpus(session.live).map((cpu) => cpu + 1) };
  },
  after(_args, session) {
    if (session.client.supportsInvalidated) session.event("invalidated", { areas: ["threads"] });
  },
};
