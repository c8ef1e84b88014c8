import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const timerInit: Rule = {
  id: "timer-init",
  family: "timer",
  title: "Timer used before its initialisation",
  statement: "A timer is initialised with init_timer() and has a function before it is armed.",
  severity: "error",
  condition: "a timer without function, or one that was never initialised, is armed",
  source: "kernel/timer.c: __mod_timer() (BUG_ON(!timer->function))",
  kernelMessage: "kernel BUG at kernel/timer.c:200",
  wrong: "mod_timer(p.timer, jiffies + HZ); // no init_timer",
  right:
    "init_timer(p.timer);\np.timer.function = my_timer;\np.timer.data = dev;\nmod_timer(p.timer, jiffies + HZ);",
  fix: "Initialise it before register_netdev().",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "timer-misused": (event) => {
      if (event.how !== "no-function" || !byModel(ctx.machine)) return;
      ctx.report({
        message: "a timer is armed that has no function or was never initialised",
        about: [event.timer],
      });
    },
  }),
};
