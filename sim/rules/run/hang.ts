import type { WaitInfo } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const hang: Rule = {
  id: "hang",
  family: "run",
  title: "Hang",
  statement: "Each wait ends: somebody wakes the sleeper.",
  severity: "error",
  condition: "the workload or a task that it waits for sleeps for ever, and no other rule explains it",
  source: "kernel/sched.c: schedule()",
  kernelMessage: "INFO: task blocked for more than 120 seconds (later kernels)",
  wrong: "wait_for_completion(p.done); // nobody completes",
  right: "complete(p.done);",
  fix: "The related places say who waits for what.",
  detectedBy: ["run", "explore"],
  consequence: "run",
  listen: (ctx) => ({
    hang: (event) => {
      const waits = event.waits
        .filter(isNoDaemon)
        .map((w) => related(`${w.task.name} ${w.why}`, { place: w.place, cpu: w.cpu, tick: event.point }));
      ctx.report({
        message: `the run sleeps for ever: ${event.message}`,
        place: event.waits.find((w) => w.place?.model)?.place ?? null,
        about: event.waits.flatMap((w) => (w.on ? [w.on] : [])),
        related: waits,
        kernel: event.waits.map((w) => `INFO: task blocked on CPU#${w.cpu}, ${w.task.name}/${w.task.id}`),
        stack: [],
      });
    },
  }),
};

/** Kernel threads that have nothing to do explain nothing. */
function isNoDaemon(wait: WaitInfo): boolean {
  return !wait.why.startsWith("has no ");
}
