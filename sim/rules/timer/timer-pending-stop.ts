import type { DeviceLike } from "../../machine/events.ts";
import { at, holds, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { OwnedTimer } from "../state/resources.ts";
import { privateOf } from "../txq/device.ts";

export const timerPendingStop: Rule = {
  id: "timer-pending-stop",
  family: "timer",
  title: "Timer pending after stop",
  statement: "After stop (and before the memory goes) no timer of the driver is pending or running.",
  severity: "error",
  condition:
    "a timer in the private area of a device is armed when its stop returns and was armed since open, or any timer of the model is armed when the module is gone",
  source: "kernel/timer.c; Documentation/networking/driver.txt (stop)",
  kernelMessage: null,
  wrong: "function my_stop(dev: net_device) {\n  return 0; // p.timer still armed\n}",
  right: "function my_stop(dev: net_device) {\n  del_timer_sync(p.timer);\n  return 0;\n}",
  fix: "Call del_timer_sync() in stop.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    const opened = new Map<object, number>();
    const late = (timer: OwnedTimer, when: string, device: object | null): void =>
      ctx.report({
        message: `a timer armed at ${at(timer.place)} is pending ${when}`,
        place: timer.place,
        about: device ? [timer.timer, device] : [timer.timer],
        related: [related("it was armed", timer)],
        also: ["life-stop-quiesce"],
        stack: [],
      });
    return {
      "callback-entered": (event) => {
        if (event.slot === "open" && event.owner !== null) opened.set(event.owner, event.n);
      },
      "callback-left": (event) => {
        if (event.slot !== "stop" || event.owner === null) return;
        const since = opened.get(event.owner) ?? 0;
        const area = privateOf(event.owner as DeviceLike);
        for (const timer of ctx.state.resources.timers.values()) {
          if (area === null || timer.n < since || !holds(area, timer.timer)) continue;
          late(timer, `when stop of ${(event.owner as DeviceLike).name} returns`, event.owner);
        }
      },
      "module-unloaded": (event) => {
        if (event.result !== 0) return;
        for (const timer of ctx.state.resources.timers.values()) late(timer, "when the module is gone", null);
        ctx.state.resources.timers.clear();
      },
    };
  },
};
