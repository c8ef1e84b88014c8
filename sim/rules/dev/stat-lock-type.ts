import type { Rule } from "../rule.ts";

export const statLockType: Rule = {
  id: "stat-lock-type",
  family: "dev",
  title: "get_stats takes a lock of handlers plainly",
  statement:
    "get_stats runs with bottom halves and interrupts on: a lock that a handler or softirq takes needs the _irqsave or _bh variant there.",
  severity: "error",
  condition:
    "get_stats takes a lock plainly that an interrupt handler, timer, tasklet, poll or hard_start_xmit takes, too",
  source: "Documentation/networking/netdevices.txt, dev->get_stats",
  kernelMessage: null,
  wrong: "function my_get_stats(dev: net_device) {\n  spin_lock(p.lock); // the handler takes it",
  right: "function my_get_stats(dev: net_device) {\n  const flags = spin_lock_irqsave(p.lock);",
  fix: "Use spin_lock_irqsave().",
  detectedBy: ["static", "run"],
};
