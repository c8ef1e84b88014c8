import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { running, stopped } from "../txq/device.ts";

export const ioctlMtu: Rule = {
  id: "ioctl-mtu",
  family: "dev",
  title: "change_mtu changes buffers in use",
  statement:
    "change_mtu refuses what the device cannot do, and takes the running device apart in order: queue, poll and interrupt are quiet before buffers are exchanged.",
  severity: "error",
  condition:
    "change_mtu accepts an MTU below 68 (IP's minimum); or frees packets that are being sent while the queue runs; or the data path uses memory that change_mtu has freed or runs into null while change_mtu is at work",
  source: "net/core/dev.c: dev_set_mtu(); net/ethernet/eth.c: eth_change_mtu()",
  kernelMessage: null,
  wrong:
    "function my_change_mtu(dev: net_device, mtu: number) {\n  free_rx(p);\n  dev.mtu = mtu;\n  return alloc_rx(p);\n}",
  right:
    "function my_change_mtu(dev: net_device, mtu: number) {\n  if (mtu < 68 || mtu > MAX) return -EINVAL;\n  dev.mtu = mtu;\n  if (netif_running(dev)) {\n    my_stop(dev);\n    my_open(dev);\n  }\n  return 0;\n}",
  fix: "Stop queue, poll and interrupt, exchange the buffers, start again.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const freed = new WeakMap<object, { by: Callback; place: Place | null; cpu: number; tick: number }>();
    const changing = (event: EventStamp): Callback | null =>
      ctx.state.callbacks.inside(event.task, event.context, "change_mtu");
    const note = (object: object, event: EventStamp): void => {
      const by = changing(event);
      if (by) freed.set(object, { by, place: ctx.machine.here(), cpu: event.cpu, tick: event.point });
    };
    return {
      "callback-left": (event) => {
        if (event.slot !== "change_mtu" || event.result !== 0) return;
        const mtu = event.args[1];
        if (typeof mtu !== "number" || mtu >= LEAST) return;
        ctx.report({
          message: `${event.name}() accepts an MTU of ${mtu}`,
          place: ctx.state.callbacks.place(event),
          about: [event.owner],
        });
      },
      "skb-freed": (event) => {
        if (event.twice || event.users > 0) return;
        note(event.skb, event);
        const by = changing(event);
        const record = ctx.state.skbs.of(event.skb);
        if (by === null || !record?.device || record.taken === null || !byModel(ctx.machine)) return;
        if (!running(record.device) || stopped(record.device)) return;
        if (ctx.state.locks.inContext(event.context).length > RTNL_ONLY) return;
        ctx.report({
          message: `${by.name}() frees packets of ${record.device.name} that are being sent, while its queue runs`,
          about: [record.device],
        });
      },
      "memory-freed": (event) => {
        if (event.object !== null) note(event.object, event);
      },
      "freed-access": (event) => {
        const by = freed.get(event.object);
        const path = ctx.state.callbacks.current(event.task, event.context);
        if (by === undefined || path === null || path === by.by || !byModel(ctx.machine)) return;
        ctx.report({
          message: `${path.name}() uses ${event.what} that ${by.by.name}() has freed`,
          about: [event.object, by.by.owner],
          related: [related("change_mtu freed it", by)],
          also: ["life-use-after-free", "skb-uaf"],
        });
      },
      oops: (event) => {
        const path = ctx.state.callbacks.current(event.task, event.context);
        if (path === null || !DATA_PATH.has(path.slot)) return;
        const by = ctx.state.callbacks
          .running()
          .find((c) => c.slot === "change_mtu" && (c.owner === path.owner || path.args.includes(c.owner)));
        if (by === undefined) return;
        ctx.report({
          message: `${path.name}() runs into null while ${by.name}() exchanges the buffers of ${(by.owner as DeviceLike).name}`,
          place: event.stack.find((p) => p.model) ?? null,
          about: [by.owner],
          also: ["oops"],
        });
      },
    };
  },
};

const LEAST = 68;
/** rtnl is held in change_mtu anyway. */
const RTNL_ONLY = 1;
const DATA_PATH: ReadonlySet<string> = new Set([
  "hard_start_xmit",
  "irq",
  "poll",
  "timer",
  "tasklet",
  "tx_timeout",
]);
