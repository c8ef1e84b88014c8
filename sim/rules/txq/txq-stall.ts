import type { DeviceLike, Place } from "../../machine/events.ts";
import { related } from "../help.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { carrierOff, stopped, waiting } from "./device.ts";

export const txqStall: Rule = {
  id: "txq-stall",
  family: "txq",
  title: "Queue stopped for ever",
  statement:
    "Each stop of the queue has something that wakes it: a completion, a timer, a work item, tx_timeout.",
  severity: "error",
  condition:
    "the queue of a running device has been stopped for half a second with the carrier on, no buffer of the driver outstanding, no tx_timeout, and no interrupt line, timer, tasklet or work of the driver that could wake it; or the run sleeps for ever while packets wait for a stopped queue",
  source: "Documentation/networking/driver.txt (1)",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  netif_stop_queue(dev);\n  dev_kfree_skb(skb);\n  return NETDEV_TX_OK;\n}",
  right:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  netif_stop_queue(dev);\n  start(skb); // the interrupt wakes the queue\n  return NETDEV_TX_OK;\n}",
  fix: "Wake the queue where room is made.",
  how: ["run", "explore"],
  listen: (ctx) => {
    const since = new Map<DeviceLike, { atNs: number; place: Place | null; cpu: number; tick: number }>();
    const judge = (isStalled: (device: DeviceLike, atNs: number) => boolean): void => {
      for (const [device, stop] of since) {
        if (!stop.place?.model || !isStalled(device, stop.atNs)) continue;
        ctx.report({
          message: `the queue of ${device.name} was stopped and nothing is left that could wake it`,
          place: stop.place,
          about: [device],
          related: [related("the queue was stopped", stop)],
          stack: [],
        });
      }
    };
    return {
      "queue-stopped": (event) => {
        if (event.wasStopped) return;
        since.set(event.device, {
          atNs: event.timeNs,
          place: ctx.machine.here(),
          cpu: event.cpu,
          tick: event.point,
        });
      },
      "queue-started": (event) => void since.delete(event.device),
      "queue-woken": (event) => void since.delete(event.device),
      "callback-entered": (event) => {
        if (since.size > 0) judge((device, atNs) => event.timeNs - atNs >= STALL_NS && hopeless(ctx, device));
      },
      // whatever could have woken it has had its time
      hang: () => judge((device) => stalled(device)),
    };
  },
};

const STALL_NS = 0.5e9;

function stalled(device: DeviceLike): boolean {
  return stopped(device) && !carrierOff(device) && waiting(device) > 0;
}

function hopeless(ctx: RuleContext, device: DeviceLike): boolean {
  if (!stalled(device)) return false;
  if ((device as DeviceLike & { tx_timeout?: unknown }).tx_timeout) return false;
  const { irqs, timers, work, tasklets, runningTimers, runningWork } = ctx.state.resources;
  const pending =
    irqs.length + timers.size + work.size + tasklets.size + runningTimers.size + runningWork.size;
  return pending === 0 && ctx.state.skbs.outstanding(device).length === 0;
}
