import type { RequestHandler } from "../requestHandler.ts";
import { threadName } from "../session/cpuView.ts";

/** One thread a virtual CPU, numbered from 1 for good; the name says what the CPU is about. */
export const threads: RequestHandler<"threads"> = {
  command: "threads",
  handle(_args, session) {
    const { run } = session;
    if (run === null) return { threads: [] };
    return { threads: run.machine.cpus.map((cpu) => ({ id: cpu.id + 1, name: threadName(run, cpu) })) };
  },
};
