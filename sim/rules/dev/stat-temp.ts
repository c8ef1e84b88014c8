import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const statTemp: Rule = {
  id: "stat-temp",
  family: "dev",
  title: "Public counter used as scratch",
  statement:
    "net_device_stats is read at any moment: a sum is built in a variable of one's own and stored when it is complete.",
  severity: "warning",
  condition:
    "while the driver's function is at work on it, a counter of the statistics is seen below what it was before, and it is back when the function has ended",
  source: "Documentation/networking/netdevices.txt, dev->get_stats",
  kernelMessage: null,
  wrong: "st.rx_packets = ioread32(p.regs + RX_PACKETS);\nst.rx_packets += p.saved;",
  right: "const rx = ioread32(p.regs + RX_PACKETS);\nst.rx_packets = rx + p.saved;",
  fix: "Compute in a local variable.",
  detectedBy: ["static", "explore"],
  listen: (ctx) => {
    interface Seen {
      readonly device: DeviceLike;
      /** The highest values since the device was opened. */
      readonly high: Map<string, number>;
      /** Counters that were below, and their values then. */
      readonly dips: Map<
        string,
        { readonly value: number; readonly name: string; readonly place: Place | null }
      >;
    }
    const all = new Map<object, Seen>();
    const look = (stats: object, seen: Seen, event: EventStamp): void => {
      for (const [counter, value] of Object.entries(stats)) {
        if (typeof value !== "number") continue;
        const high = seen.high.get(counter) ?? 0;
        const dip = seen.dips.get(counter);
        if (value < high && value > 0) {
          const worker = ctx.state.callbacks
            .running()
            .find((c) => c.context !== event.context || c.slot !== "get_stats");
          if (dip === undefined && worker !== undefined)
            seen.dips.set(counter, { value, name: worker.name, place: ctx.state.callbacks.place(worker) });
          continue;
        }
        seen.dips.delete(counter);
        if (dip !== undefined && value >= high)
          ctx.report({
            message: `${counter} of ${seen.device.name} went from ${high} to ${dip.value} and came back to ${value}: ${dip.name}() works in the public counters`,
            place: dip.place,
            about: [stats],
            stack: [],
          });
        seen.high.set(counter, Math.max(value, high));
      }
    };
    return {
      "callback-entered": (event) => {
        if (event.slot === "open") {
          for (const seen of all.values()) if (seen.device === event.owner) seen.high.clear();
          return;
        }
        if (event.slot !== "get_stats") return;
        for (const [stats, seen] of all) if (seen.device === event.owner) look(stats, seen, event);
      },
      "callback-left": (event) => {
        const { result } = event;
        if (event.slot !== "get_stats" || typeof result !== "object" || result === null) return;
        let seen = all.get(result);
        if (seen === undefined) {
          seen = { device: event.owner as DeviceLike, high: new Map(), dips: new Map() };
          all.set(result, seen);
        }
        look(result, seen, event);
      },
      "netdev-released": (event) => {
        for (const [stats, seen] of all) if (seen.device === event.device) all.delete(stats);
      },
    };
  },
};
