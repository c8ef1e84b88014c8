import type { DeviceLike, EventStamp } from "../../machine/events.ts";
import { at, holds, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { OwnedTimer } from "../state/resources.ts";
import { privateOf } from "../txq/device.ts";

export const timerRearm: Rule = {
  id: "timer-rearm",
  family: "timer",
  title: "Timer armed again after it was deleted",
  statement:
    "Whoever arms a timer (its own function, an interrupt, transmit, a work) is stopped before the timer is deleted for the last time.",
  severity: "error",
  condition:
    "a timer in the private area of a device is pending when stop returns, or when its memory goes, although the same stop, remove or exit deleted it before",
  source: "kernel/timer.c: del_timer_sync() (the caller must prevent restarting of the timer)",
  kernelMessage: null,
  wrong: "del_timer_sync(p.timer);\nfree_irq(dev.irq, dev); // the handler arms it",
  right: "free_irq(dev.irq, dev);\ndel_timer_sync(p.timer);",
  fix: "Stop first what arms the timer, then delete it.",
  detectedBy: ["explore"],
  specialises: ["timer-pending-stop"],
  listen: (ctx) => {
    const { deferred, resources } = ctx.state;
    const rearmed = (owned: OwnedTimer, since: number, when: string, device: object | null): void => {
      const deleted = deferred.ended.get(owned.timer);
      if (deleted === undefined || deleted.n < since || owned.n < deleted.n) return;
      ctx.report({
        message: `a timer that was deleted at ${at(deleted.place)} was armed again and is pending ${when}`,
        place: owned.place,
        about: device ? [owned.timer, device] : [owned.timer],
        related: [related("it was deleted", deleted), related("it was armed again", owned)],
        stack: [],
      });
    };
    const since = (event: EventStamp): number => deferred.endingSince(event.task, event.context);
    return {
      "callback-left": (event) => {
        if (event.slot !== "stop" || event.owner === null) return;
        const device = event.owner as DeviceLike;
        const area = privateOf(device);
        const began = ctx.state.callbacks.left?.since ?? 0;
        for (const owned of resources.timers.values())
          if (area !== null && holds(area, owned.timer))
            rearmed(owned, began, `when stop of ${device.name} returns`, device);
      },
      "memory-freed": (event) => {
        for (const timer of deferred.going(resources.timers))
          rearmed(
            resources.timers.get(timer)!,
            since(event),
            "when the memory that contains it is freed",
            null,
          );
      },
    };
  },
};
