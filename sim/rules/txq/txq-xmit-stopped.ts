import type { DeviceLike, EventStamp, Place } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type NetDevice, stopped } from "./device.ts";

export const txqXmitStopped: Rule = {
  id: "txq-xmit-stopped",
  family: "txq",
  title: "Own hard_start_xmit called while the queue is stopped",
  statement:
    "The core never calls hard_start_xmit of a stopped queue; a driver that calls its own must not do so either.",
  severity: "warning",
  condition: "the driver's own code calls its hard_start_xmit while the queue was stopped at the call",
  source: "Documentation/networking/netdevices.txt, hard_start_xmit",
  kernelMessage: null,
  wrong: "function my_work(dev: net_device) {\n  dev.hard_start_xmit(skb, dev);\n}",
  right: "function my_work(dev: net_device) {\n  dev_queue_xmit(skb);\n}",
  fix: "Send by dev_queue_xmit(), which queues while the ring is full.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const look = (event: EventStamp): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      if (call?.slot === "hard_start_xmit") return;
      for (const device of ctx.state.resources.devices.keys()) {
        if (!stopped(device)) continue;
        const { stop } = ctx.state.queues.of(device);
        // stopped in this very call: it was running when the call began
        if (stop === null || stop.context === event.context || !byModel(ctx.machine)) continue;
        const fn = (device as NetDevice).hard_start_xmit?.name;
        const frames = fn && call ? ofCallback(ctx.machine.stack(), call.name) : [];
        const inner = frames.findIndex((place) => place.model && place.fn === fn);
        const caller = inner < 0 ? undefined : frames[inner + 1];
        if (!caller?.model) continue;
        report(device, caller);
      }
    };
    const report = (device: DeviceLike, place: Parameters<typeof ctx.report>[0]["place"]): void =>
      ctx.report({
        message: `hard_start_xmit of ${device.name} is called by the driver itself while the queue is stopped`,
        place,
        about: [device],
      });
    return {
      "lock-acquired": look,
      "skb-freed": look,
      "skb-to-stack": look,
      "queue-stopped": look,
      "timer-armed": look,
      "irq-line": look,
    };
  },
};

/** The frames of the callback itself: what it interrupted is not its doing. */
function ofCallback(stack: readonly Place[], name: string): readonly Place[] {
  const entry = stack.findIndex((place) => place.model && place.fn === name);
  return stack.slice(0, entry + 1);
}
