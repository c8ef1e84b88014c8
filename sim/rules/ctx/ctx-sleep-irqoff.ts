import type { Rule } from "../rule.ts";
import { forbidden, sleepFinding } from "./sleeping.ts";

export const ctxSleepIrqoff: Rule = {
  id: "ctx-sleep-irqoff",
  family: "ctx",
  title: "Sleeping with interrupts off",
  statement: "A function that may sleep must not be called while interrupts are off on this CPU.",
  severity: "error",
  condition: "a function of the may-sleep table is called by the model while interrupts are disabled",
  source: "kernel/sched.c: __might_sleep()",
  kernelMessage:
    "BUG: sleeping function called from invalid context at f:l / in_atomic():0, irqs_disabled():1",
  wrong: "local_irq_disable();\nconst buf = kmalloc(64, GFP_KERNEL);\nlocal_irq_enable();",
  right: "const buf = kmalloc(64, GFP_KERNEL);\nlocal_irq_disable();\np.buf = buf;\nlocal_irq_enable();",
  fix: "Do what may sleep before interrupts go off, or use GFP_ATOMIC.",
  detectedBy: ["static", "run"],
  consequence: "context",
  listen: (ctx) => ({
    "might-sleep": (event) => {
      if (!event.irqsDisabled || !forbidden(ctx, event)) return;
      ctx.report({ ...sleepFinding(ctx, event), also: event.atomic ? ["ctx-sleep-atomic"] : [] });
    },
  }),
};
