import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const lockIrqDep: Rule = {
  id: "lock-irq-dep",
  family: "lock",
  title: "A lock that handlers wait on depends on one that they can interrupt",
  statement:
    "Under a lock that an interrupt handler or softirq takes, no lock is taken that others hold while that handler can come: the handler would wait for a lock whose holder waits for what it interrupted.",
  severity: "error",
  condition:
    "a lock is taken, perhaps over others, under one that a handler (softirq) takes, and is taken somewhere with interrupts (bottom halves) on",
  source: "kernel/lockdep.c: check_usage() (2.6.18)",
  kernelMessage: "[ INFO: hard-safe -> hard-unsafe lock order detected ]",
  wrong:
    "spin_lock_irq(p.lock); // the handler takes it\nspin_lock(p.list_lock); // elsewhere taken with interrupts on",
  right: "spin_lock_irq(p.lock);\nspin_lock(p.list_lock); // everywhere taken with interrupts off",
  fix: "Take the inner lock with interrupts (bottom halves) off everywhere, or do not nest the two.",
  detectedBy: ["run", "explore"],
  consequence: "object",
  listen: reportsCycles("lock-irq-dep"),
};
