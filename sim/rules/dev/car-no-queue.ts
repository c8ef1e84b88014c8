import type { DeviceLike, EventStamp } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { running } from "../txq/device.ts";

export const carNoQueue: Rule = {
  id: "car-no-queue",
  family: "dev",
  title: "Link change wakes a full queue",
  statement:
    "The carrier alone tells the core about the link: waking the queue as well wakes it when the ring is full, or before open.",
  severity: "warning",
  condition:
    "a callback that turns the carrier on also wakes the queue, which hard_start_xmit had stopped with no packet freed since; or does so before the device is open",
  source: "net/core/link_watch.c; net/sched/sch_generic.c: dev_activate()",
  kernelMessage: null,
  wrong: "netif_carrier_on(dev);\nnetif_wake_queue(dev);",
  right: "netif_carrier_on(dev);",
  fix: "Leave the queue to flow control.",
  detectedBy: ["run"],
  specialises: ["txq-wake-cond"],
  listen: (ctx) => {
    const before = new Map<
      DeviceLike,
      { n: number; place: ReturnType<typeof ctx.machine.here>; cpu: number; tick: number; full: boolean }
    >();
    const remember = (device: DeviceLike, event: EventStamp): void => {
      const { reclaim } = ctx.state.queues.of(device);
      const known = before.get(device);
      if (known) known.full = known.full && (reclaim === null || reclaim.n < known.n);
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call === null || OWN.has(call.slot) || !call.notes.has(ON) || !byModel(ctx.machine)) return;
      if (!running(device)) {
        ctx.report({
          message: `a link change wakes the queue of ${device.name} before the device is open`,
          about: [device],
        });
      } else if (known?.full) {
        ctx.report({
          message: `a link change wakes the queue of ${device.name}, whose ring is as full as when it was stopped`,
          about: [device],
          related: [related("the queue was stopped", known)],
        });
      }
    };
    return {
      carrier: (event) => {
        if (event.on) ctx.state.callbacks.current(event.task, event.context)?.notes.set(ON, true);
      },
      "queue-stopped": (event) => {
        if (event.wasStopped) return;
        const full = ctx.state.callbacks.inside(event.task, event.context, "hard_start_xmit") !== null;
        before.set(event.device, {
          n: event.n,
          place: ctx.machine.here(),
          cpu: event.cpu,
          tick: event.point,
          full,
        });
      },
      "queue-woken": (event) => {
        remember(event.device, event);
        before.delete(event.device);
      },
      "queue-started": (event) => {
        remember(event.device, event);
        before.delete(event.device);
      },
    };
  },
};

const ON = "carrier on";
const OWN: ReadonlySet<string> = new Set(["open", "stop", "resume", "tx_timeout", "module_init", "probe"]);
