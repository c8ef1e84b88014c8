import type { Rule } from "../rule.ts";

export const workCancelNosync: Rule = {
  id: "work-cancel-nosync",
  family: "timer",
  title: "Work cancelled without waiting",
  statement:
    "cancel_delayed_work() does not wait for a work that is running: flush before what it uses goes away.",
  severity: "error",
  condition: "a device or memory that a work uses is freed after cancel_delayed_work(), and nobody flushes",
  source: "include/linux/workqueue.h: cancel_delayed_work()",
  kernelMessage: null,
  wrong: "cancel_delayed_work(p.work);\nfree_netdev(dev);",
  right: "cancel_delayed_work(p.work);\nflush_scheduled_work();\nfree_netdev(dev);",
  fix: "Flush after cancelling.",
  how: ["static", "explore"],
  specialises: ["work-pending-free"],
};
