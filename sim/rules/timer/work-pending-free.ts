import type { Identified } from "../../machine/events.ts";
import { at, byModel, holds, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { OwnedWork } from "../state/resources.ts";
import { privateOf } from "../txq/device.ts";

export const workPendingFree: Rule = {
  id: "work-pending-free",
  family: "timer",
  title: "Work queued when its memory goes",
  statement:
    "No work item is queued or running when the memory that contains it is freed, or when the module goes.",
  severity: "error",
  condition:
    "an object is freed that contains a queued or running work item, or the module is gone while a work item of it is queued",
  source: "kernel/workqueue.c: flush_scheduled_work()",
  kernelMessage: null,
  wrong: "unregister_netdev(dev);\nfree_netdev(dev); // p.work still queued",
  right: "unregister_netdev(dev);\nflush_scheduled_work();\nfree_netdev(dev);",
  fix: "Flush after everything that queues it is stopped.",
  how: ["static", "run", "explore"],
  listen: (ctx) => {
    const late = (work: Identified, owned: OwnedWork | undefined, when: string): void =>
      ctx.report({
        message: `a work item is ${owned ? `queued since ${at(owned.place)}` : "running"} ${when}`,
        about: [work],
        related: owned ? [related("it was queued", owned)] : [],
      });
    return {
      "memory-freed": (event) => {
        if (event.object === null || !byModel(ctx.machine)) return;
        const { work, runningWork, devices } = ctx.state.resources;
        const device = [...devices.keys()].find((d) => d === event.object);
        const area = device ? privateOf(device) : null;
        for (const item of [...work.keys(), ...runningWork]) {
          if (!holds(event.object, item) && !(area && holds(area, item))) continue;
          late(item, work.get(item), "when the memory that contains it is freed");
        }
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        const { work } = ctx.state.resources;
        for (const [item, owned] of work) late(item, owned, "when the module is gone");
        work.clear();
      },
    };
  },
};
