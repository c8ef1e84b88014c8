import type { DeviceLike, EventStamp } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { present, registered, running } from "./device.ts";

export const txqWakeDown: Rule = {
  id: "txq-wake-down",
  family: "txq",
  title: "Queue woken while the device is down",
  statement:
    "The queue is woken only if netif_running() and netif_device_present(), tested under the same lock.",
  severity: "warning",
  condition:
    "netif_wake_queue() or netif_start_queue() while the device is down or detached, and was so when the section (the outermost lock, or the callback) began; stop and resume themselves may",
  source: "net/core/dev.c: dev_close(); include/linux/netdevice.h: netif_device_detach()",
  kernelMessage: null,
  wrong: "function my_reset_work(dev: net_device) {\n  reset(dev);\n  netif_wake_queue(dev);\n}",
  right:
    "function my_reset_work(dev: net_device) {\n  rtnl_lock();\n  if (netif_running(dev)) {\n    reset(dev);\n    netif_wake_queue(dev);\n  }\n  rtnl_unlock();\n}",
  fix: "Test netif_running() where the wake is, under the lock (or rtnl) that stop takes too.",
  detectedBy: ["run", "explore"],
  consequence: "object",
  listen: (ctx) => {
    /** Number of the event since which the device is down. */
    const down = new Map<DeviceLike, { n: number; place: null; cpu: number; tick: number }>();
    const woken = (device: DeviceLike, event: EventStamp): void => {
      if (!registered(device) || !byModel(ctx.machine)) return;
      const since = down.get(device);
      const isDown = !running(device) && since !== undefined;
      if (!isDown && present(device)) return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call === null || OWN.has(call.slot)) return;
      const [lock] = ctx.state.locks.inContext(event.context).filter((held) => held.place?.model);
      const began = lock?.tick ?? call.sincePoint;
      if (isDown && began < since.tick) return;
      ctx.report({
        message: `the queue of ${device.name} is woken while the device is ${isDown ? "down" : "detached"}`,
        about: [device],
        related: isDown ? [related("it went down", since)] : [],
      });
    };
    return {
      "callback-entered": (event) => {
        if (event.slot === "stop" && event.owner !== null)
          down.set(event.owner as DeviceLike, { n: event.n, place: null, cpu: event.cpu, tick: event.point });
        if (event.slot === "open" && event.owner !== null) down.delete(event.owner as DeviceLike);
      },
      "queue-woken": (event) => woken(event.device, event),
      "queue-started": (event) => woken(event.device, event),
      "netdev-released": (event) => void down.delete(event.device),
    };
  },
};

const OWN: ReadonlySet<string> = new Set([
  "stop",
  "open",
  "resume",
  "module_init",
  "module_exit",
  "probe",
  "remove",
  "init",
  "uninit",
]);
