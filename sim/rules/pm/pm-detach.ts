import type { EventStamp, Place } from "../../machine/events.ts";
import { byModel, kernelCalls, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type CardState, CTRL_TX_EN } from "../state/cards.ts";
import { present, running } from "../txq/device.ts";

export const pmDetach: Rule = {
  id: "pm-detach",
  family: "pm",
  title: "Card stopped before the device is detached",
  statement:
    "suspend detaches the device first and stops the card then; resume starts the card first and attaches last.",
  severity: "error",
  condition:
    "inside suspend of an open device the transmitter is switched off, the card disabled or powered down while the device is attached; or inside resume the device is attached before the card is powered up, enabled or started",
  source: "Documentation/power/pci.txt",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong: "function my_suspend(pdev: pci_dev) {\n  hw_stop(p);\n  netif_device_detach(dev);",
  right: "function my_suspend(pdev: pci_dev) {\n  netif_device_detach(dev);\n  hw_stop(p);",
  fix: "Exchange the two.",
  detectedBy: ["run", "explore"],
  listen: (ctx) => {
    const off = (event: EventStamp, card: CardState, what: string): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      const { device } = card;
      if (call?.slot !== "suspend" || device === null || !running(device) || !present(device)) return;
      if (!byModel(ctx.machine)) return;
      ctx.report({
        message: `${call.name}() ${what} while ${device.name} is attached: packets may still come`,
        about: [device],
      });
    };
    /** The card gets ready although its device was attached before. */
    const late = (event: EventStamp, card: CardState): void => {
      const call = ctx.state.callbacks.current(event.task, event.context);
      const attached = call?.notes.get(ATTACHED) as { readonly place: Place | null } | undefined;
      if (call?.slot !== "resume" || attached === undefined || card.device === null) return;
      call.notes.delete(ATTACHED);
      ctx.report({
        message: `${call.name}() attaches ${card.device.name} before the card is started`,
        place: attached.place,
        about: [card.device],
        related: [
          related("the card is started here", {
            place: ctx.machine.here(),
            cpu: event.cpu,
            tick: event.point,
          }),
        ],
      });
    };
    return {
      "mmio-write": (event) => {
        if (event.register !== "CTRL") return;
        const card = ctx.state.cards.of(event.card);
        if (event.value & CTRL_TX_EN) late(event, card);
        else off(event, card, "switches the transmitter off");
      },
      "pci-disabled": (event) => off(event, ctx.state.cards.of(event.card), "disables the card"),
      "pci-enabled": (event) => late(event, ctx.state.cards.of(event.card)),
      "pci-power": (event) => {
        const card = ctx.state.cards.of(event.card);
        if (event.to > 0) off(event, card, "powers the card down");
        else late(event, card);
      },
      "queue-woken": (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        const card = ctx.state.cards.ofDevice(event.device);
        if (call?.slot !== "resume" || card === null || (card.written.get("CTRL") ?? 0) & CTRL_TX_EN) return;
        if (!kernelCalls(ctx.machine).includes("netif_device_attach")) return;
        call.notes.set(ATTACHED, { place: ctx.machine.here() });
      },
    };
  },
};

const ATTACHED = "pm-detach: attached";
