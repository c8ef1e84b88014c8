import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { type CardState, CTRL_RESET, CTRL_RX_EN } from "../state/cards.ts";
import { running } from "../txq/device.ts";
import { filterMismatch } from "./rx-filter.ts";

export const mcRestore: Rule = {
  id: "mc-restore",
  family: "dev",
  title: "Receive filter lost",
  statement:
    "A reset forgets the filter: whoever resets the card programs multicast list and promiscuity again.",
  severity: "warning",
  condition:
    "a callback (resume, reset work, tx_timeout, ethtool) resets the card of an open device, switches reception on again and returns with another filter than the device's flags and list ask for",
  source: "Documentation/networking/netdevices.txt, dev->set_multicast_list",
  kernelMessage: null,
  wrong: "function my_reset_work(dev: net_device) {\n  hw_init(p);\n}",
  right: "function my_reset_work(dev: net_device) {\n  hw_init(p);\n  set_rx_mode(dev);\n}",
  fix: "Call set_multicast_list's worker from the function that brings the card up.",
  detectedBy: ["run"],
  listen: (ctx) => {
    const resets = new Map<Callback, CardState>();
    return {
      "mmio-write": (event) => {
        if (event.register !== "CTRL" || (event.value & CTRL_RESET) === 0) return;
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (call !== null && !OTHERS.has(call.slot)) resets.set(call, ctx.state.cards.of(event.card));
      },
      "callback-left": (event) => {
        const call = ctx.state.callbacks.left;
        const card = call === null ? undefined : resets.get(call);
        if (call === null || card === undefined) return;
        resets.delete(call);
        if (
          card.device === null ||
          !running(card.device) ||
          !hasFilter(card.device) ||
          ((card.written.get("CTRL") ?? 0) & CTRL_RX_EN) === 0
        )
          return;
        const wrong = filterMismatch(card, card.device);
        if (wrong === null) return;
        ctx.report({
          message: `${call.name}() resets ${card.card.name} and does not restore its filter: ${wrong}`,
          place: ctx.state.callbacks.place(event),
          about: [card.device],
        });
      },
    };
  },
};

/** The core calls set_multicast_list after open itself. */
const OTHERS: ReadonlySet<string> = new Set([
  "open",
  "stop",
  "probe",
  "remove",
  "module_init",
  "module_exit",
]);

/** A driver without set_multicast_list has no filter to lose. */
function hasFilter(device: DeviceLike): boolean {
  return typeof (device as { readonly set_multicast_list?: unknown }).set_multicast_list === "function";
}
