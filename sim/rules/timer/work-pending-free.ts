import type { Identified } from "../../machine/events.ts";
import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { OwnedWork } from "../state/resources.ts";

export const workPendingFree: Rule = {
  id: "work-pending-free",
  family: "timer",
  title: "Work queued when its memory goes",
  statement:
    "No work item is queued or running when the memory that contains it is freed, or when the module goes.",
  severity: "error",
  condition:
    "an object is freed that contains a queued or running work item, or the module is gone while a work item of it is queued",
  source: "kernel/workqueue.c: flush_scheduled_work()",
  kernelMessage: null,
  wrong: "unregister_netdev(dev);\nfree_netdev(dev); // p.work still queued",
  right: "unregister_netdev(dev);\nflush_scheduled_work();\nfree_netdev(dev);",
  fix: "Flush after everything that queues it is stopped.",
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => {
    const late = (work: Identified, owned: OwnedWork | undefined, when: string): void =>
      ctx.report({
        message: `a work item is ${owned ? `queued since ${at(owned.place)}` : "running"} ${when}`,
        about: [work],
        related: owned ? [related("it was queued", owned)] : [],
      });
    return {
      "memory-freed": (event) => {
        const { deferred, resources } = ctx.state;
        for (const item of deferred.going(resources.work))
          late(item, resources.work.get(item), "when the memory that contains it is freed");
        for (const item of deferred.going(resources.runningWork))
          if (deferred.runsElsewhere(item, event))
            late(item, undefined, "when the memory that contains it is freed");
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        const { work } = ctx.state.resources;
        for (const [item, owned] of work)
          if (!ctx.state.deferred.lost.has(item)) late(item, owned, "when the module is gone");
        work.clear();
      },
    };
  },
};
