import { byModel } from "../help.ts";
import { inInterrupt } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";

export const ctxNapiSchedProcess: Rule = {
  id: "ctx-napi-sched-process",
  family: "ctx",
  title: "Poll scheduled from plain process context",
  statement:
    "__netif_rx_schedule() raises the receive softirq without waking ksoftirqd. From process context, disable bottom halves around it.",
  severity: "warning",
  condition:
    "netif_rx_schedule() is called by the model outside interrupt context, bottom halves and interrupts enabled",
  source: "net/core/dev.c: __netif_rx_schedule()",
  kernelMessage: null,
  wrong: "function my_open(dev: net_device) {\n  netif_rx_schedule(dev);\n  return 0;\n}",
  right:
    "function my_open(dev: net_device) {\n  local_bh_disable();\n  netif_rx_schedule(dev);\n  local_bh_enable();\n  return 0;\n}",
  fix: "Call it between local_bh_disable() and local_bh_enable(), which runs the softirq.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "poll-scheduled": (event) => {
      if (event.context.kind !== "process" || inInterrupt(event.task.preemptCount)) return;
      if (!byModel(ctx.machine)) return;
      // netpoll polls by itself as soon as poll_controller returns
      if (ctx.state.callbacks.inside(event.task, event.context, "poll_controller")) return;
      const outerOff = ctx.state.locks
        .inContext(event.context)
        .some((held) => held.variant.startsWith("irq"));
      if (outerOff) return;
      ctx.report({
        message: `poll of ${event.device.name} is scheduled in process context with bottom halves enabled: it runs at the next interrupt`,
        about: [event.device],
      });
    },
  }),
};
