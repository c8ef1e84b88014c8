import type { Identified } from "../../machine/events.ts";
import { at, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const taskKill: Rule = {
  id: "task-kill",
  family: "timer",
  title: "Tasklet left behind",
  statement:
    "A tasklet that may be scheduled is ended with tasklet_kill() before what it uses is freed, after those who schedule it.",
  severity: "error",
  condition:
    "a device is freed, the driver schedules a tasklet and nobody kills it; in a run: memory is freed, or the module goes, while a tasklet of it is scheduled or runs",
  source: "kernel/softirq.c: tasklet_kill()",
  kernelMessage: null,
  wrong: "unregister_netdev(dev);\nfree_netdev(dev); // p.tasklet may be scheduled",
  right: "unregister_netdev(dev);\ntasklet_kill(p.tasklet);\nfree_netdev(dev);",
  fix: "Call tasklet_kill() after free_irq() and before freeing.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const { deferred, resources } = ctx.state;
    const scheduled = (tasklet: Identified, when: string): void => {
      const owned = resources.tasklets.get(tasklet);
      ctx.report({
        message: `a tasklet scheduled at ${at(owned?.place ?? null)} has not run ${when}`,
        about: [tasklet],
        related: owned ? [related("it was scheduled", owned)] : [],
      });
    };
    return {
      "memory-freed": (event) => {
        for (const tasklet of deferred.going(resources.tasklets))
          scheduled(tasklet, "when the memory that contains it is freed");
        for (const tasklet of deferred.going(deferred.runningTasklets))
          if (deferred.runsElsewhere(tasklet, event))
            ctx.report({
              message: "a tasklet still runs when the memory that contains it is freed",
              about: [tasklet],
            });
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        for (const tasklet of resources.tasklets.keys())
          if (!deferred.lost.has(tasklet)) scheduled(tasklet, "when the module is gone");
        resources.tasklets.clear();
      },
    };
  },
};
