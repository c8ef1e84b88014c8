import type { Identified } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const timerSync: Rule = {
  id: "timer-sync",
  family: "timer",
  title: "Timer deleted without waiting",
  statement:
    "del_timer() does not wait for a function that is running elsewhere: before what it uses goes away, use del_timer_sync().",
  severity: "error",
  condition:
    "a timer is deleted with del_timer() in stop, remove or exit, and its function may be running or arm it again; in a run: memory is freed, or the module goes, while the function of a timer in it runs",
  source: "kernel/timer.c: del_timer_sync()",
  kernelMessage: null,
  wrong: "del_timer(p.timer);\nfree_netdev(dev);",
  right: "del_timer_sync(p.timer);\nfree_netdev(dev);",
  fix: "Use del_timer_sync(), outside of locks that the function takes.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const { deferred, resources } = ctx.state;
    const running = (timer: Identified, when: string): void => {
      const deleted = deferred.ended.get(timer);
      ctx.report({
        message: `a timer's function still runs ${when}`,
        about: [timer],
        related: deleted ? [related("the timer was deleted, without waiting,", deleted)] : [],
      });
    };
    return {
      "memory-freed": (event) => {
        for (const timer of deferred.going(resources.runningTimers))
          if (deferred.runsElsewhere(timer, event))
            running(timer, "when the memory that contains it is freed");
      },
    };
  },
};
