import type { DeviceLike, Identified } from "../../machine/events.ts";
import { at, holds, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { OwnedWork } from "../state/resources.ts";
import { privateOf } from "../txq/device.ts";

export const taskEnableBalance: Rule = {
  id: "task-enable-balance",
  family: "timer",
  title: "tasklet_disable and tasklet_enable do not balance",
  statement:
    "Each tasklet_disable() has its tasklet_enable(): a tasklet that is scheduled while disabled keeps its CPU busy raising the softirq again and again.",
  severity: "warning",
  condition:
    "tasklet_enable() of a tasklet that is not disabled; or a disabled tasklet is scheduled when stop of its device returns, when the module goes, or when the run hangs",
  source: "kernel/softirq.c: tasklet_action(); include/linux/interrupt.h: tasklet_enable()",
  kernelMessage: null,
  wrong: "tasklet_disable(p.tasklet);\nif (reset(p)) return -EIO; // stays disabled",
  right: "tasklet_disable(p.tasklet);\nconst err = reset(p);\ntasklet_enable(p.tasklet);",
  fix: "Enable it on every path, as often as it was disabled.",
  detectedBy: ["static", "run"],
  blocks: true,
  listen: (ctx) => {
    const stuck = (owned: OwnedWork, when: string): void => {
      if (!((owned.work as Identified & { count?: number }).count ?? 0)) return;
      ctx.report({
        message: `a disabled tasklet is scheduled since ${at(owned.place)} ${when}`,
        place: owned.place,
        about: [owned.work],
        related: [related("it was scheduled", owned)],
        stack: [],
      });
    };
    const all = (when: string): void => {
      for (const owned of ctx.state.resources.tasklets.values()) stuck(owned, when);
    };
    return {
      "callback-left": (event) => {
        if (event.slot !== "stop" || event.owner === null) return;
        const device = event.owner as DeviceLike;
        const area = privateOf(device);
        for (const owned of ctx.state.resources.tasklets.values())
          if (area !== null && holds(area, owned.work)) stuck(owned, `when stop of ${device.name} returns`);
      },
      "module-unloaded": (event) => {
        if (event.result === 0) all("when the module is gone");
      },
      hang: () => all("when the run hangs"),
      deadlock: () => all("when the run ends in a deadlock"),
      "run-limit": () => all("when the run reaches its limit"),
    };
  },
};
