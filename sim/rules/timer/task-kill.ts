import type { Rule } from "../rule.ts";

export const taskKill: Rule = {
  id: "task-kill",
  family: "timer",
  title: "Tasklet left behind",
  statement:
    "A tasklet that may be scheduled is ended with tasklet_kill() before what it uses is freed, after those who schedule it.",
  severity: "error",
  condition: "a device is freed, the driver schedules a tasklet and nobody kills it",
  source: "kernel/softirq.c: tasklet_kill()",
  kernelMessage: null,
  wrong: "unregister_netdev(dev);\nfree_netdev(dev); // p.tasklet may be scheduled",
  right: "unregister_netdev(dev);\ntasklet_kill(p.tasklet);\nfree_netdev(dev);",
  fix: "Call tasklet_kill() after free_irq() and before freeing.",
  how: ["static", "explore"],
};
