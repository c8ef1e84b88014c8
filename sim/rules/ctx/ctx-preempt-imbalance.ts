import { preemptDepth } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";
import { huh } from "./ctx-bh-imbalance.ts";

export const ctxPreemptImbalance: Rule = {
  id: "ctx-preempt-imbalance",
  family: "ctx",
  title: "Preempt count not as it was on return",
  statement: "A callback returns with the preempt count as it found it: no lock held, preemption as before.",
  severity: "error",
  condition: "the preemption part of the preempt count differs between entry and return of a driver callback",
  source: "kernel/timer.c: __run_timers()",
  kernelMessage: "huh, entered %p with preempt_count %08x, exited with %08x?",
  wrong: "function my_open(dev: net_device) {\n  preempt_disable();\n  return 0;\n}",
  right: "function my_open(dev: net_device) {\n  preempt_disable();\n  preempt_enable();\n  return 0;\n}",
  fix: "Pair each lock and preempt_disable() with its counterpart on every path.",
  detectedBy: ["static", "run"],
  consequence: "context",
  spoils: true,
  listen: (ctx) => ({
    "callback-left": (event) => {
      const before = preemptDepth(event.before.preemptCount);
      const after = preemptDepth(event.task.preemptCount);
      if (before === after) return;
      ctx.report({
        message: `${event.name}() (${event.slot}) returns with preempt count ${after}, it was ${before}`,
        place: ctx.state.callbacks.place(event),
        kernel: [huh(event.name, event.before.preemptCount, event.task.preemptCount)],
      });
    },
  }),
};
