import { inInterrupt } from "../preempt-count.ts";
import type { Rule } from "../rule.ts";
import { forbidden, sleepFinding } from "./sleeping.ts";

export const ctxTaskletKill: Rule = {
  id: "ctx-tasklet-kill",
  family: "ctx",
  title: "tasklet_kill in interrupt context",
  statement: "tasklet_kill() waits until the tasklet has run: process context only.",
  severity: "error",
  condition: "tasklet_kill() is called by the model in interrupt context or with bottom halves disabled",
  source: "kernel/softirq.c: tasklet_kill()",
  kernelMessage: "Attempt to kill tasklet from interrupt",
  wrong: "function my_timer(dev: net_device) {\n  tasklet_kill(p.rx);\n}",
  right: "function my_stop(dev: net_device) {\n  tasklet_kill(p.rx);\n  return 0;\n}",
  fix: "Kill the tasklet in stop or remove; use tasklet_disable_nosync() to hold it off from interrupt context.",
  detectedBy: ["static", "run"],
  specialises: ["ctx-sleep-atomic"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (event.fn !== "tasklet_kill" || !inInterrupt(event.task.preemptCount) || !forbidden(ctx, event))
        return;
      ctx.report({ ...sleepFinding(ctx, event), kernel: ["Attempt to kill tasklet from interrupt"] });
    },
  }),
};
