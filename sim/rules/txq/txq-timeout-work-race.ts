import type { DeviceLike, EventStamp, Identified } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { unlessStopWaits } from "../timer/unless-stop-waits.ts";

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
    }
    const stops = unlessStopWaits(ctx);
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
    const finding = (met: NonNullable<ReturnType<typeof meets>>, what: string): Finding => ({
      message: `${met.work.name}() ${what} of ${met.device.name} after stop has begun to tear it down`,
      about: [met.device, met.work.owner],
      related: [related("stop tears down", met.since)],
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
        });
      }
      const met = meets(event);
      if (met) ctx.report(finding(met, what));
    };
    return {
      "work-queued": (event) => {
        const timeout = ctx.state.callbacks.inside(event.task, event.context, "tx_timeout");
        if (event.work && timeout?.owner) resets.set(event.work, timeout.owner as DeviceLike);
      },
      "callback-entered": (event) => {
        if (event.slot === "open" && event.owner !== null) down.delete(event.owner as DeviceLike);
      },
      ...stops.listeners,
      "mmio-write": (event) => {
        const met = resets.size === 0 ? null : meets(event);
        if (met !== null) stops.tell(met.device, finding(met, "writes registers"));
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
