import type { Identified } from "../../machine/events.ts";
import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const workRearm: Rule = {
  id: "work-rearm",
  family: "timer",
  title: "Work that queues itself is not ended by a flush",
  statement:
    "A work that queues itself is ended by a flag and a flush, or by cancel_rearming_delayed_work() (outside rtnl if the work takes it).",
  severity: "error",
  condition:
    "a work that its own function has queued is still queued when the memory that contains it is freed, or when the module goes",
  source: "kernel/workqueue.c: cancel_rearming_delayed_work()",
  kernelMessage: null,
  wrong: "flush_scheduled_work(); // p.work queues itself again\nfree_netdev(dev);",
  right: "cancel_rearming_delayed_work(p.work);\nfree_netdev(dev);",
  fix: "Use cancel_rearming_delayed_work(), or a flag that the work tests and a flush.",
  detectedBy: ["explore"],
  specialises: ["work-pending-free"],
  listen: (ctx) => {
    const { deferred, resources } = ctx.state;
    const requeued = (work: Identified, when: string): void => {
      const owned = resources.work.get(work);
      if (owned === undefined || !deferred.selfQueued.has(work)) return;
      ctx.report({
        message: `a work queued itself again at ${at(owned.place)} and is queued ${when}`,
        about: [work],
        related: [related("it queued itself", owned)],
      });
    };
    return {
      "memory-freed": () => {
        for (const work of deferred.going(resources.work))
          requeued(work, "when the memory that contains it is freed");
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        for (const work of resources.work.keys())
          if (!deferred.lost.has(work)) requeued(work, "when the module is gone");
      },
    };
  },
};
