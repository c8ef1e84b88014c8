import type { DeviceLike } from "../../machine/events.ts";
import type { Context } from "../../machine/model.ts";
import type { Rule } from "../rule.ts";
import { pollScheduled } from "../txq/device.ts";

export const napiPrepOnly: Rule = {
  id: "napi-prep-only",
  family: "napi",
  title: "netif_rx_schedule_prep without schedule",
  statement:
    "Whoever got 1 from netif_rx_schedule_prep() calls __netif_rx_schedule(), or gives the claim back at once by netif_poll_enable(): else nobody polls any more and stop waits for ever.",
  severity: "error",
  condition:
    "a handler or a timer function returns after netif_rx_schedule_prep() gave it 1, and has neither scheduled the poll nor given the claim back",
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
        if (!pollScheduled(device) || (device as Polled).poll_claim !== event.context) continue;
        ctx.report({
          message: `${event.name}() leaves the poll of ${device.name} claimed but not scheduled`,
          place: ctx.state.callbacks.place(event),
          about: [device],
          also: event.slot === "irq" && event.result === IRQ_NONE ? ["napi-shared-irq-check"] : [],
        });
      }
    },
  }),
};

const IRQ_NONE = 0;

interface Polled extends DeviceLike {
  /** Who has claimed poll and not scheduled it yet. */
  readonly poll_claim?: Context | null;
}
