import type { Rule } from "../rule.ts";

export const timerSync: Rule = {
  id: "timer-sync",
  family: "timer",
  title: "Timer deleted without waiting",
  statement:
    "del_timer() does not wait for a function that is running elsewhere: before what it uses goes away, use del_timer_sync().",
  severity: "error",
  condition:
    "a timer is deleted with del_timer() in stop, remove or exit, and its function may be running or arm it again",
  source: "kernel/timer.c: del_timer_sync()",
  kernelMessage: null,
  wrong: "del_timer(p.timer);\nfree_netdev(dev);",
  right: "del_timer_sync(p.timer);\nfree_netdev(dev);",
  fix: "Use del_timer_sync(), outside of locks that the function takes.",
  how: ["static", "explore"],
};
