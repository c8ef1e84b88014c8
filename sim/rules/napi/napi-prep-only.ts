import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiPrepOnly: Rule = {
  id: "napi-prep-only",
  family: "napi",
  title: "netif_rx_schedule_prep without schedule",
  statement:
    "Whoever got 1 from netif_rx_schedule_prep() calls __netif_rx_schedule(): else nobody polls any more and stop waits for ever.",
  severity: "error",
  condition:
    "stop of a device waits for __LINK_STATE_RX_SCHED that is set while the device is on no poll list and netif_poll_disable() did not set it",
  source: "Documentation/networking/NAPI_HOWTO.txt; net/core/dev.c: dev_close()",
  kernelMessage: null,
  wrong:
    "if (netif_rx_schedule_prep(dev)) {\n  if (!status) return IRQ_NONE;\n  __netif_rx_schedule(dev);\n}",
  right: "if (!status) return IRQ_NONE;\nif (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);",
  fix: "Test before the claim.",
  detectedBy: ["static", "run"],
  listen: (ctx) => ({
    "callback-left": (event) => {
      if (event.slot !== "irq" && event.slot !== "timer") return;
      for (const device of ctx.state.resources.devices.keys()) {
        const { poll_list, poll_disabled } = device as Polled;
        if (!pollScheduled(device) || poll_list !== null || (poll_disabled ?? 0) > 0) continue;
        // somebody else may stand between the claim and the call
        if (ctx.state.callbacks.running().some((c) => c.slot !== "module_init" && c.slot !== "kthread"))
          continue;
        ctx.report({
          message: `${event.name}() leaves the poll of ${device.name} claimed but not scheduled`,
          place: ctx.state.callbacks.place(event),
          about: [device],
        });
      }
    },
  }),
};

interface Polled extends DeviceLike {
  readonly poll_list?: object | null;
  readonly poll_disabled?: number;
}
