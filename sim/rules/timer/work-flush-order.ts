import type { EventStamp, Identified } from "../../machine/events.ts";
import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const workFlushOrder: Rule = {
  id: "work-flush-order",
  family: "timer",
  title: "Work queued again after the flush",
  statement: "What queues a work (interrupt, timer, tx_timeout, another work) is stopped before the flush.",
  severity: "error",
  condition:
    "a work is queued, by something other than itself, after the flush or cancel of the same stop, remove or exit, and is still queued when its memory goes or the module goes",
  source: "kernel/workqueue.c: flush_scheduled_work()",
  kernelMessage: null,
  wrong: "flush_scheduled_work();\nfree_irq(dev.irq, dev); // the handler queues it",
  right: "free_irq(dev.irq, dev);\nflush_scheduled_work();",
  fix: "Flush last.",
  detectedBy: ["explore"],
  specialises: ["work-pending-free"],
  listen: (ctx) => {
    const { deferred, resources } = ctx.state;
    const late = (work: Identified, since: number, when: string): void => {
      const owned = resources.work.get(work);
      const ended = deferred.ended.get(work) ?? deferred.flushed;
      if (owned === undefined || ended === null || deferred.selfQueued.has(work)) return;
      if (ended.n < since || owned.n < ended.n) return;
      ctx.report({
        message: `a work was queued at ${at(owned.place)}, after the flush at ${at(ended.place)}, and is queued ${when}`,
        about: [work],
        related: [related("the flush was", ended), related("it was queued", owned)],
      });
    };
    const since = (event: EventStamp): number => deferred.endingSince(event.task, event.context);
    return {
      "memory-freed": (event) => {
        for (const work of deferred.going(resources.work))
          late(work, since(event), "when the memory that contains it is freed");
      },
    };
  },
};
