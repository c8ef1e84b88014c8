import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const workCancelNosync: Rule = {
  id: "work-cancel-nosync",
  family: "timer",
  title: "Work cancelled without waiting",
  statement:
    "cancel_delayed_work() does not wait for a work that is running: flush before what it uses goes away.",
  severity: "error",
  condition: "a device or memory that a work uses is freed after cancel_delayed_work(), and nobody flushes",
  source: "include/linux/workqueue.h: cancel_delayed_work()",
  kernelMessage: null,
  wrong: "cancel_delayed_work(p.work);\nfree_netdev(dev);",
  right: "cancel_delayed_work(p.work);\nflush_scheduled_work();\nfree_netdev(dev);",
  fix: "Flush after cancelling.",
  detectedBy: ["explore"],
  specialises: ["work-pending-free"],
  listen: (ctx) => ({
    "memory-freed": (event) => {
      const { deferred, resources } = ctx.state;
      for (const work of deferred.going(resources.runningWork)) {
        const cancelled = deferred.ended.get(work);
        if (cancelled === undefined || !deferred.runsElsewhere(work, event)) continue;
        ctx.report({
          message:
            "a work was cancelled, but its function still runs when the memory that contains it is freed",
          about: [work],
          related: [related("it was cancelled, without waiting,", cancelled)],
        });
      }
    },
  }),
};
