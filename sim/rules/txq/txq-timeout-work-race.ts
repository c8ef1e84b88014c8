import type { DeviceLike, EventStamp, Identified } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";

export const txqTimeoutWorkRace: Rule = {
  id: "txq-timeout-work-race",
  family: "txq",
  title: "Reset work races with stop",
  statement:
    "Work that tx_timeout queues takes rtnl and tests netif_running(), or stop waits for it before it frees anything.",
  severity: "error",
  condition:
    "a work item that tx_timeout queued frees packets, wakes the queue, or requests or frees an interrupt or memory after stop has begun to tear the device down; or writes registers then, and stop does not wait for it",
  source: "net/sched/sch_generic.c: dev_watchdog(); net/core/dev.c: dev_close()",
  kernelMessage: null,
  wrong: "function my_reset_work(dev: net_device) {\n  down(dev);\n  up(dev);\n}",
  right:
    "function my_reset_work(dev: net_device) {\n  rtnl_lock();\n  if (netif_running(dev)) {\n    down(dev);\n    up(dev);\n  }\n  rtnl_unlock();\n}",
  fix: "Take rtnl in the work, and flush it in remove, outside rtnl.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    interface Down {
      place: ReturnType<typeof ctx.machine.here>;
      cpu: number;
      tick: number;
      by: Callback;
      /** Where the work has written a register since, told once it is clear that stop does not wait for it. */
      wrote: { work: Callback; place: ReturnType<typeof ctx.machine.here>; cpu: number; tick: number } | null;
    }
    /** Work items that some tx_timeout queued, and its device. */
    const resets = new Map<Identified, DeviceLike>();
    const down = new Map<DeviceLike, Down>();
    /** The teardown that the work in which the event happens ought not to meet. */
    const meets = (event: EventStamp): { work: Callback; device: DeviceLike; since: Down } | null => {
      const work = ctx.state.callbacks.inside(event.task, event.context, "work");
      const device = work?.owner ? resets.get(work.owner) : undefined;
      const since = device === undefined ? undefined : down.get(device);
      if (work === null || device === undefined || since === undefined || !byModel(ctx.machine)) return null;
      return { work, device, since };
    };
    const tell = (
      work: Callback,
      device: DeviceLike,
      since: Down,
      what: string,
      place?: Down["place"],
    ): void =>
      ctx.report({
        message: `${work.name}() ${what} of ${device.name} after stop has begun to tear it down`,
        ...(place === undefined ? {} : { place }),
        about: [device, work.owner],
        related: [related("stop tears down", since)],
        also: ["life-stop-quiesce", "work-running-check", "txq-stop-stop", "txq-wake-down"],
      });
    const acts = (event: EventStamp, what: string): void => {
      if (resets.size === 0) return;
      const stop = ctx.state.callbacks.inside(event.task, event.context, "stop");
      if (stop?.owner && !down.has(stop.owner as DeviceLike)) {
        const place = ctx.machine.here();
        down.set(stop.owner as DeviceLike, {
          place,
          cpu: event.cpu,
          tick: event.point,
          by: stop,
          wrote: null,
        });
      }
      const met = meets(event);
      if (met) tell(met.work, met.device, met.since, what);
    };
    return {
      "work-queued": (event) => {
        const timeout = ctx.state.callbacks.inside(event.task, event.context, "tx_timeout");
        if (event.work && timeout?.owner) resets.set(event.work, timeout.owner as DeviceLike);
      },
      "callback-entered": (event) => {
        if (event.slot === "open" && event.owner !== null) down.delete(event.owner as DeviceLike);
      },
      "mmio-write": (event) => {
        const met = resets.size === 0 ? null : meets(event);
        if (met === null) return;
        const place = ctx.machine.here();
        if (ctx.state.callbacks.running().includes(met.since.by))
          met.since.wrote ??= { work: met.work, place, cpu: event.cpu, tick: event.point };
        else tell(met.work, met.device, met.since, "writes registers");
      },
      "wait-for": (event) => {
        if (event.what !== "workqueue") return;
        const stop = ctx.state.callbacks.inside(event.task, event.context, "stop");
        for (const since of down.values()) if (since.by === stop) since.wrote = null;
      },
      "callback-left": (event) => {
        if (event.slot !== "stop") return;
        for (const [device, since] of down) {
          if (since.by !== ctx.state.callbacks.left || since.wrote === null) continue;
          tell(since.wrote.work, device, since, "writes registers", since.wrote.place);
          since.wrote = null;
        }
      },
      "skb-freed": (event) => acts(event, "frees packets"),
      "queue-woken": (event) => acts(event, "wakes the queue"),
      "queue-started": (event) => acts(event, "starts the queue"),
      "irq-freed": (event) => acts(event, "frees the interrupt"),
      "irq-requested": (event) => acts(event, "requests the interrupt"),
      "memory-freed": (event) => acts(event, "frees memory"),
      "memory-allocated": (event) => acts(event, "allocates memory"),
      "netdev-released": (event) => void down.delete(event.device),
    };
  },
};
