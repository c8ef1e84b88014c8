import { reportsCycles } from "../lock/cycles.ts";
import type { Rule } from "../rule.ts";

export const workFlushLock: Rule = {
  id: "work-flush-lock",
  family: "timer",
  title: "Flushing under a lock of the work",
  statement: "Who waits for a work must not hold a mutex, semaphore or rtnl that the work takes.",
  severity: "error",
  condition: "a flush or a cancelling wait is called under a lock that the work takes",
  source: "kernel/workqueue.c: flush_workqueue()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "mutex_lock(p.mutex);\nflush_scheduled_work(); // the work takes p.mutex",
  right: "flush_scheduled_work();\nmutex_lock(p.mutex);",
  fix: "Flush before taking the lock.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["lock-wait-inside"],
  consequence: "context",
  listen: reportsCycles("work-flush-lock"),
};
