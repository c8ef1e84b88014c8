import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const lockWaitInside: Rule = {
  id: "lock-wait-inside",
  family: "lock",
  title: "Waiting for somebody who needs the lock",
  statement:
    "Who waits for a handler, timer, tasklet, work or poll to end must not hold a lock that it takes.",
  severity: "error",
  condition: "a call that waits for a context is made under a lock which that context takes",
  source:
    "kernel/timer.c: del_timer_sync(); kernel/irq/manage.c: synchronize_irq(); kernel/softirq.c: tasklet_kill()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "spin_lock_bh(p.lock);\nsynchronize_irq(dev.irq); // the handler takes p.lock",
  right: "spin_lock_bh(p.lock);\np.closing = 1;\nspin_unlock_bh(p.lock);\nsynchronize_irq(dev.irq);",
  fix: "Release the lock before waiting.",
  detectedBy: ["static", "run", "explore"],
  consequence: "context",
  listen: reportsCycles("lock-wait-inside"),
};
