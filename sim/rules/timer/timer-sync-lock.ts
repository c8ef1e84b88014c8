import { reportsCycles } from "../lock/cycles.ts";
import type { Rule } from "../rule.ts";

export const timerSyncLock: Rule = {
  id: "timer-sync-lock",
  family: "timer",
  title: "del_timer_sync under a lock of the timer",
  statement: "del_timer_sync() waits for the timer’s function: not with a lock held that the function takes.",
  severity: "error",
  condition: "del_timer_sync() is called under a lock that the timer’s function takes",
  source: "kernel/timer.c: del_timer_sync()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "const flags = spin_lock_irqsave(p.lock);\ndel_timer_sync(p.timer); // its function takes p.lock",
  right: "del_timer_sync(p.timer);\nconst flags = spin_lock_irqsave(p.lock);",
  fix: "Delete the timer before taking the lock.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["lock-wait-inside"],
  consequence: "context",
  listen: reportsCycles("timer-sync-lock"),
};
