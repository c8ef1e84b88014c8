import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const timerSyncSelf: Rule = {
  id: "timer-sync-self",
  family: "timer",
  title: "del_timer_sync in the timer's own function",
  statement: "del_timer_sync() waits for the function to end: never from the function itself.",
  severity: "error",
  condition: "del_timer_sync() is called inside the function of the same timer",
  source: "kernel/timer.c: del_timer_sync()",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "function my_timer(dev: net_device) {\n  del_timer_sync(p.timer);",
  right: "function my_timer(dev: net_device) {\n  if (p.down) return; // simply do not re-arm",
  fix: "Do not re-arm it; a timer that has fired is not pending.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "timer-misused": (event) => {
      if (event.how !== "sync-self" || !byModel(ctx.machine)) return;
      ctx.report({
        message: "del_timer_sync() is called in the function of the timer that it waits for",
        about: [event.timer],
      });
    },
  }),
};
