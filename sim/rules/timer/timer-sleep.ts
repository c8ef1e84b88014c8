import { forbidden, sleepFinding } from "../ctx/sleeping.ts";
import type { Rule } from "../rule.ts";

export const timerSleep: Rule = {
  id: "timer-sleep",
  family: "timer",
  title: "Sleeping in a timer function",
  statement: "Timer functions run in softirq context: they must not sleep.",
  severity: "error",
  condition: "a function that may sleep is called inside a timer function",
  source: "kernel/timer.c: __run_timers()",
  kernelMessage: "BUG: sleeping function called from invalid context",
  wrong: "function my_timer(dev: net_device) {\n  msleep(1);\n}",
  right: "function my_timer(dev: net_device) {\n  schedule_work(p.work);\n}",
  fix: "Let the timer queue a work item, which may sleep.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      const inside = ctx.state.callbacks.inside(event.task, event.context, "timer");
      if (inside && forbidden(ctx, event)) ctx.report(sleepFinding(ctx, event));
    },
  }),
};
