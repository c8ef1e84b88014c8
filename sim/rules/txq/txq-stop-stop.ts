import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { running } from "./device.ts";

export const txqStopStop: Rule = {
  id: "txq-stop-stop",
  family: "txq",
  title: "Queue woken after it was torn down",
  statement: "Whoever tears a ring down has first seen to it that nobody wakes the queue any more.",
  severity: "error",
  condition:
    "another context wakes or starts the queue after stop returned, or after a callback in process context (stop, ethtool, change_mtu, suspend, a work item) stopped the queue and began to free its packets, and before that callback starts it again; or between the two, while the interface is up and no lock keeps senders off",
  source: "Documentation/networking/driver.txt (stop); Documentation/networking/netdevices.txt, dev->stop",
  kernelMessage: null,
  wrong:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  free_ring(p); // the interrupt still wakes\n  free_irq(dev.irq, dev);",
  right:
    "function my_stop(dev: net_device) {\n  netif_stop_queue(dev);\n  free_irq(dev.irq, dev);\n  free_ring(p);",
  fix: "Silence the sources of a wake, then free the ring.",
  detectedBy: ["explore"],
  specialises: ["txq-wake-down"],
  consequence: "object",
  listen: (ctx) => {
    interface Teardown extends Pick<EventStamp, "cpu"> {
      readonly by: Callback | null;
      readonly what: string;
      readonly place: ReturnType<typeof ctx.machine.here>;
      readonly tick: number;
    }
    const down = new Map<DeviceLike, Teardown>();
    const begin = (device: DeviceLike, event: EventStamp, what: string, by: Callback | null): void => {
      if (!down.has(device))
        down.set(device, { by, what, place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
    };
    const woken = (device: DeviceLike, event: EventStamp): void => {
      const teardown = down.get(device);
      if (teardown === undefined) return;
      const own = teardown.by !== null && teardown.by.context === event.context;
      if (own || !byModel(ctx.machine)) {
        down.delete(device);
        return;
      }
      ctx.report({
        message: `the queue of ${device.name} is woken after ${teardown.what}`,
        about: [device],
        related: [related(teardown.what, teardown)],
      });
    };
    /** A callback that stopped the queue tears the ring down, and does not see that somebody has woken the queue since. */
    const unnoticed = (device: DeviceLike, event: EventStamp, by: Callback): void => {
      const stop = by.notes.get(STOPPED) as Stop | undefined;
      const { wake } = ctx.state.queues.of(device);
      if (stop?.device !== device || wake === null || wake.n < stop.n) return;
      if (wake.context === event.context || !running(device)) return;
      if (ctx.state.locks.inContext(event.context).some((held) => held.kind === "spin")) return;
      by.notes.delete(STOPPED);
      ctx.report({
        message: `the queue of ${device.name} is woken after ${by.name}() stopped it, and before it frees the ring`,
        place: wake.place,
        about: [device],
        related: [
          related("the queue was stopped", stop),
          related("the ring is freed", { place: ctx.machine.here(), cpu: event.cpu, tick: event.point }),
        ],
        stack: [],
      });
    };
    return {
      "queue-stopped": (event) => {
        const by = ctx.state.callbacks.current(event.task, event.context);
        if (by === null || !PROCESS.test(by.slot) || !byModel(ctx.machine)) return;
        const { device, n, cpu, point: tick } = event;
        by.notes.set(STOPPED, { device, n, cpu, tick, place: ctx.machine.here() } satisfies Stop);
      },
      "skb-freed": (event) => {
        const record = ctx.state.skbs.of(event.skb);
        const by = ctx.state.callbacks.current(event.task, event.context);
        if (!record?.device || event.twice || by === null || !PROCESS.test(by.slot)) return;
        const { stop } = ctx.state.queues.of(record.device);
        // the one who frees has stopped the queue himself, in this very call
        if (stop?.callback !== by) unnoticed(record.device, event, by);
        else if (record.taken !== null)
          begin(record.device, event, `${by.name}() began to free the ring`, by);
      },
      "callback-left": (event) => {
        for (const [device, { by }] of down)
          if (by !== null && by === ctx.state.callbacks.left) down.delete(device);
        if (event.slot === "stop" && event.owner !== null)
          begin(
            event.owner as DeviceLike,
            event,
            `stop of ${(event.owner as DeviceLike).name} returned`,
            null,
          );
      },
      "callback-entered": (event) => {
        if (event.slot === "open" && event.owner !== null) down.delete(event.owner as DeviceLike);
      },
      "queue-woken": (event) => woken(event.device, event),
      "queue-started": (event) => woken(event.device, event),
      "netdev-released": (event) => void down.delete(event.device),
    };
  },
};

/** The last stop in a call. */
interface Stop {
  readonly device: DeviceLike;
  readonly n: number;
  readonly cpu: number;
  readonly tick: number;
  readonly place: Place | null;
}

const STOPPED = "txq-stop-stop: stopped";

/** Callbacks that run in a process and are no part of the data path. */
const PROCESS = /^(?!hard_start_xmit|irq|poll|timer|tasklet|tx_timeout|get_stats|set_multicast_list)/;
