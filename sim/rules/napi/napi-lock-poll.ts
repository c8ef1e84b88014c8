import { reportsCycles } from "../lock/cycles.ts";
import type { Rule } from "../rule.ts";

export const napiLockPoll: Rule = {
  id: "napi-lock-poll",
  family: "napi",
  title: "poll takes the handler’s lock with interrupts on",
  statement:
    "poll runs with interrupts on: a lock that the interrupt handler takes, too, is taken with interrupts off there.",
  severity: "error",
  condition: "in poll a lock of the interrupt handler is taken while interrupts are on",
  source: "Documentation/networking/NAPI_HOWTO.txt; net/core/dev.c: net_rx_action()",
  kernelMessage: "[ INFO: inconsistent lock state ] inconsistent {hardirq-on-W} -> {in-hardirq-W} usage.",
  wrong: "function my_poll(dev: net_device, budget: { v: number }) {\n  spin_lock(p.lock);",
  right:
    "function my_poll(dev: net_device, budget: { v: number }) {\n  const flags = spin_lock_irqsave(p.lock);",
  fix: "Use spin_lock_irqsave() in poll.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["lock-irq-self"],
  consequence: "context",
  listen: reportsCycles("napi-lock-poll"),
};
