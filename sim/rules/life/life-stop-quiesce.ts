import type { DeviceLike, Place } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { privateOf } from "../txq/device.ts";

export const lifeStopQuiesce: Rule = {
  id: "life-stop-quiesce",
  family: "life",
  title: "Something runs on after stop",
  statement:
    "When stop has returned, nothing of the device runs any more: no timer, tasklet, work or interrupt that touches it.",
  severity: "error",
  condition:
    "a timer, tasklet or interrupt handler of a device runs after its stop returned and before the next open; it belongs to the device if its data is the device or its private area",
  source: "Documentation/networking/netdevices.txt, dev->stop; Documentation/networking/driver.txt (stop)",
  kernelMessage: null,
  wrong:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  return 0; // p.timer still armed\n}",
  right:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  del_timer_sync(p.timer);\n  return 0;\n}",
  fix: "Stop the sources, then wait for what runs.",
  how: ["run", "explore"],
  listen: (ctx) => {
    const down = new Map<object, Stop>();
    return {
      "callback-left": (event) => {
        if (event.slot === "stop" && event.owner !== null) {
          down.set(event.owner, {
            place: ctx.state.callbacks.place(event),
            cpu: event.cpu,
            tick: event.point,
          });
        }
      },
      "callback-entered": (event) => {
        if (event.slot === "open" && event.owner !== null) down.delete(event.owner);
        if (!LATE.has(event.slot) || down.size === 0) return;
        for (const [device, stop] of down) {
          const area = privateOf(device as DeviceLike);
          if (!event.args.some((arg) => arg === device || (area !== null && arg === area))) continue;
          ctx.report({
            message: `${event.name}() (${event.slot}) runs after stop of ${(device as DeviceLike).name} returned`,
            place: ctx.state.callbacks.place(event),
            about: [event.owner, device],
            related: [related("stop returned", stop)],
            also: event.slot === "timer" ? ["timer-pending-stop"] : [],
          });
        }
      },
      "netdev-released": (event) => void down.delete(event.device),
    };
  },
};

interface Stop {
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

const LATE: ReadonlySet<string> = new Set(["timer", "tasklet"]);
