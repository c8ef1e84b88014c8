import { softirqDepth } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";

export const ctxBhImbalance: Rule = {
  id: "ctx-bh-imbalance",
  family: "ctx",
  title: "Bottom halves not as they were on return",
  statement:
    "A callback returns with bottom halves as it found them: each disable has its enable, on every path.",
  severity: "error",
  condition: "the softirq part of the preempt count differs between entry and return of a driver callback",
  source: "kernel/timer.c: __run_timers(); kernel/softirq.c: __do_softirq()",
  kernelMessage: "huh, entered %p with preempt_count %08x, exited with %08x?",
  wrong: "function my_poll(dev: net_device, budget: { v: number }) {\n  local_bh_disable();\n  return 0;\n}",
  right:
    "function my_poll(dev: net_device, budget: { v: number }) {\n  local_bh_disable();\n  local_bh_enable();\n  return 0;\n}",
  fix: "Pair each local_bh_disable() and spin_lock_bh() with its counterpart on every path, error paths included.",
  detectedBy: ["static", "run"],
  consequence: "context",
  spoils: true,
  listen: (ctx) => ({
    "callback-left": (event) => {
      const before = softirqDepth(event.before.preemptCount);
      const after = softirqDepth(event.task.preemptCount);
      if (before === after) return;
      const more = after > before ? "disabled more often than enabled" : "enabled more often than disabled";
      ctx.report({
        message: `${event.name}() (${event.slot}) returns with bottom halves ${more}`,
        place: ctx.state.callbacks.place(event),
        kernel: [huh(event.name, event.before.preemptCount, event.task.preemptCount)],
      });
    },
  }),
};

export function huh(name: string, before: number, after: number): string {
  const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
  return `huh, entered ${name} with preempt_count ${hex(before)}, exited with ${hex(after)}?`;
}
