import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const timerAddPending: Rule = {
  id: "timer-add-pending",
  family: "timer",
  title: "add_timer for a pending timer",
  statement: "add_timer() is for timers that are not pending; mod_timer() re-arms.",
  severity: "error",
  condition: "add_timer() for a timer that is pending",
  source: "include/linux/timer.h: add_timer() (BUG_ON(timer_pending(timer)))",
  kernelMessage: "kernel BUG at include/linux/timer.h:83",
  wrong: "add_timer(p.timer);\nadd_timer(p.timer);",
  right: "mod_timer(p.timer, jiffies + HZ);",
  fix: "Use mod_timer().",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "timer-misused": (event) => {
      if (event.how !== "add-pending" || !byModel(ctx.machine)) return;
      ctx.report({ message: "add_timer() is called for a timer that is pending", about: [event.timer] });
    },
  }),
};
