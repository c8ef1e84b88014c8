import type { Rule } from "../rule.ts";

export const lifeStopCannotFail: Rule = {
  id: "life-stop-cannot-fail",
  family: "life",
  title: "stop that reports a failure",
  statement:
    "Nobody looks at what stop returns: the device counts as down, so stop must not give up half way.",
  severity: "warning",
  condition: "stop returns something that is certainly not 0",
  source: "net/core/dev.c: dev_close()",
  kernelMessage: null,
  wrong: "function my_stop(dev: net_device) {\n  if (p.busy) return -EBUSY;",
  right: "function my_stop(dev: net_device) {\n  wait_for_completion(p.idle);",
  fix: "Wait for what is still running, release everything, and return 0.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      const { slot, result, name } = event;
      if (slot !== "stop" || typeof result !== "number" || result === 0) return;
      ctx.report({
        message: `${name}() returns ${result}, which nobody looks at: the device is down`,
        place: ctx.state.callbacks.place({ name }),
        about: [event.owner],
      });
    },
  }),
};
