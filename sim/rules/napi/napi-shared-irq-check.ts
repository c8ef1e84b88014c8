import type { DeviceLike } from "../../machine/events.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

export const napiSharedIrqCheck: Rule = {
  id: "napi-shared-irq-check",
  family: "napi",
  title: "Polling started for somebody else's interrupt",
  statement:
    "On a shared line the handler looks at its own status first: if it is zero it returns IRQ_NONE and does not touch poll.",
  severity: "warning",
  condition:
    "a handler schedules poll, or keeps it claimed, and returns IRQ_NONE; or schedules it in a call on a shared line that its own device did not raise",
  source: "Documentation/networking/NAPI_HOWTO.txt",
  kernelMessage: null,
  wrong:
    "function my_interrupt(irq: number, dev: net_device) {\n  netif_rx_schedule(dev);\n  return IRQ_HANDLED;",
  right:
    "function my_interrupt(irq: number, dev: net_device) {\n  if (!(status(p) & RX)) return IRQ_NONE;\n  netif_rx_schedule(dev);\n  return IRQ_HANDLED;",
  fix: "Test the status first.",
  detectedBy: ["run"],
  listen: (ctx) => ({
    "poll-scheduled": (event) => {
      const call = ctx.state.callbacks.inside(event.task, event.context, "irq");
      if (call === null || !byModel(ctx.machine)) return;
      call.notes.set(SCHEDULED, event.device);
      if (!ctx.state.lines.nobodyRaised(call.args[0] as number)) return;
      ctx.report({
        message: `${call.name}() schedules poll of ${event.device.name} for an interrupt that its device did not raise`,
        about: [event.device],
      });
    },
    "callback-left": (event) => {
      if (event.slot !== "irq" || event.result !== 0) return;
      const device = ctx.state.callbacks.left?.notes.get(SCHEDULED) as DeviceLike | undefined;
      if (device === undefined) return;
      ctx.report({
        message: `${event.name}() schedules poll of ${device.name} and returns IRQ_NONE`,
        place: ctx.state.callbacks.place(event),
        about: [device],
        also: ["irq-handled-ret"],
      });
    },
  }),
};

const SCHEDULED = "napi-shared-irq-check";
