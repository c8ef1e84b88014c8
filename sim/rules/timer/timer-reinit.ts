import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const timerReinit: Rule = {
  id: "timer-reinit",
  family: "timer",
  title: "init_timer for a pending timer",
  statement: "A pending timer is not initialised again: it stands in a list.",
  severity: "error",
  condition: "init_timer() for a timer that is pending",
  source: "kernel/timer.c: init_timer()",
  kernelMessage: "list corruption",
  wrong: "function my_open(dev: net_device) {\n  init_timer(p.timer); // still pending from the last open",
  right: "function my_stop(dev: net_device) {\n  del_timer_sync(p.timer);",
  fix: "Initialise once, delete in stop.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "timer-misused": (event) => {
      if (event.how !== "reinit-pending" || !byModel(ctx.machine)) return;
      ctx.report({ message: "init_timer() is called for a timer that is pending", about: [event.timer] });
    },
  }),
};
