import type { DeviceLike, EventStamp } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { pollScheduled, running } from "../txq/device.ts";

export const napiPollAfterStop: Rule = {
  id: "napi-poll-after-stop",
  family: "napi",
  title: "Ring taken down while poll may run",
  statement: "Before the receive ring is freed or filled anew, netif_poll_disable() has waited for poll.",
  severity: "error",
  condition:
    "a callback in process context frees receive buffers of a running device without a lock while poll is scheduled and was not disabled; or poll uses memory that such a callback has freed since poll began",
  source: "include/linux/netdevice.h: netif_poll_disable()",
  kernelMessage: null,
  wrong: "function my_change_mtu(dev: net_device, mtu: number) {\n  free_rx(p);\n  alloc_rx(p, mtu);",
  right:
    "function my_change_mtu(dev: net_device, mtu: number) {\n  netif_poll_disable(dev);\n  free_rx(p);\n  alloc_rx(p, mtu);\n  netif_poll_enable(dev);",
  fix: "Bracket the change by netif_poll_disable() and netif_poll_enable(), with interrupts of the card masked.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const freedBy = new WeakMap<
      object,
      { by: Callback; cpu: number; tick: number; place: ReturnType<typeof ctx.machine.here> }
    >();
    const note = (object: object, event: EventStamp): void => {
      const by = ctx.state.callbacks.current(event.task, event.context);
      if (by && TEARS_DOWN.has(by.slot))
        freedBy.set(object, { by, cpu: event.cpu, tick: event.point, place: ctx.machine.here() });
    };
    const mtu = (by: Callback): string[] => (by.slot === "change_mtu" ? ["ioctl-mtu"] : []);
    return {
      "skb-freed": (event) => {
        if (event.twice || event.users > 0) return;
        note(event.skb, event);
        const by = ctx.state.callbacks.current(event.task, event.context);
        const record = ctx.state.skbs.of(event.skb);
        if (by === null || !TEARS_DOWN.has(by.slot) || !record?.allocated?.byModel || record.device) return;
        const device = by.owner as DeviceLike | null;
        if (device === null || !ctx.state.resources.devices.has(device) || !byModel(ctx.machine)) return;
        const { poll_disabled, poll_list } = device as Polled;
        if (!running(device) || !pollScheduled(device) || (poll_disabled ?? 0) > 0 || !poll_list) return;
        if (ctx.state.locks.inContext(event.context).some((lock) => lock.kind === "spin")) return;
        ctx.report({
          message: `${by.name}() frees receive buffers of ${device.name} while its poll is scheduled`,
          about: [device, event.skb],
          also: mtu(by),
        });
      },
      "memory-freed": (event) => {
        if (event.object !== null) note(event.object, event);
      },
      "freed-access": (event) => {
        const poll = ctx.state.callbacks.inside(event.task, event.context, "poll");
        const freed = freedBy.get(event.object);
        if (poll === null || freed === undefined || freed.tick < poll.sincePoint || !byModel(ctx.machine))
          return;
        ctx.report({
          message: `poll uses ${event.what} that ${freed.by.name}() has freed since poll began`,
          about: [event.object, poll.owner],
          related: [related("it was freed", freed)],
          also: ["life-use-after-free", "skb-uaf", ...mtu(freed.by)],
        });
      },
    };
  },
};

interface Polled extends DeviceLike {
  readonly poll_disabled?: number;
  readonly poll_list?: object | null;
}

/** Callbacks in process context that may take a ring down. */
const TEARS_DOWN: ReadonlySet<string> = new Set([
  "stop",
  "change_mtu",
  "do_ioctl",
  "set_config",
  "work",
  "suspend",
  "set_mac_address",
  "set_ringparam",
  "self_test",
  "ethtool",
]);
