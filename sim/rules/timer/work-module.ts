import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const workModule: Rule = {
  id: "work-module",
  family: "timer",
  title: "Module gone with its work queued",
  statement:
    "A module does not go while a work of it is queued or running: the text of the function goes with it.",
  severity: "error",
  condition: "the module has been unloaded while a work of it is queued or running",
  source: "kernel/workqueue.c: flush_scheduled_work(); Documentation/networking/netdevices.txt",
  kernelMessage: null,
  wrong: "module_exit(() => {}); // the work is still queued",
  right: "module_exit(() => {\n  flush_scheduled_work();\n});",
  fix: "Flush in module_exit(), after everything that queues the work is stopped.",
  detectedBy: ["explore"],
  specialises: ["work-pending-free"],
  listen: (ctx) => ({
    "module-unloaded": (event) => {
      if (event.result !== 0) return;
      for (const [work, owned] of ctx.state.resources.work) {
        if (ctx.state.deferred.lost.has(work)) continue;
        ctx.report({
          message: `a work queued at ${at(owned.place)} is still queued when the module is gone`,
          about: [work],
          related: [related("it was queued", owned)],
        });
      }
    },
  }),
};
