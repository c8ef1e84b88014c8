/** Events of a card that its handler leaves as they are: asserted, unmasked, from one call to the next. */
import type { Listeners, RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import type { CardState } from "../state/cards.ts";
import { privateOf } from "../txq/device.ts";

/** Reads of the status in one call that make a loop without end. */
const MANY_READS = 50;

/** `report` gets the bits that were there all the time. */
export function unackedListeners(
  ctx: RuleContext,
  report: (call: Callback, card: CardState, bits: number) => void,
): Listeners {
  /** Bits that no call has acknowledged or masked yet, by card: since the end of the last call. */
  const left = new Map<CardState, number>();
  return {
    "callback-entered": (event) => {
      if (event.slot !== "irq") return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const card = ctx.state.cards.ofDevId(event.args[1], privateOf);
      if (call === null || card === null || card.irq !== event.args[0]) return;
      call.notes.set(SINCE, { bits: card.status & card.mask, reads: 0 });
      call.notes.set(CARD, card);
    },
    "card-status": (event) => {
      const card = ctx.state.cards.of(event.card);
      // what was cleared or masked meanwhile has been served
      for (const call of ctx.state.callbacks.running()) {
        if (call.notes.get(CARD) !== card) continue;
        const since = call.notes.get(SINCE) as { bits: number; reads: number };
        since.bits &= event.status & event.mask;
      }
      left.set(card, (left.get(card) ?? 0) & event.status & event.mask);
    },
    "mmio-write": (event) => {
      if (event.register !== "IMR" && event.register !== "ISR") return;
      const card = ctx.state.cards.of(event.card);
      const kept = event.register === "IMR" ? event.value : ~event.value;
      left.set(card, (left.get(card) ?? 0) & kept);
      for (const call of ctx.state.callbacks.running()) {
        const since = call.notes.get(CARD) === card ? (call.notes.get(SINCE) as { bits: number }) : null;
        if (since !== null) since.bits &= kept;
      }
    },
    "mmio-read": (event) => {
      if (event.register !== "ISR") return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const since = call?.notes.get(SINCE) as { bits: number; reads: number } | undefined;
      if (!call || since === undefined || ++since.reads !== MANY_READS || since.bits === 0) return;
      report(call, call.notes.get(CARD) as CardState, since.bits);
    },
    "callback-left": (event) => {
      if (event.slot !== "irq") return;
      const call = ctx.state.callbacks.left;
      const card = call?.notes.get(CARD) as CardState | undefined;
      if (!call || card === undefined || card.msi) return;
      const { bits } = call.notes.get(SINCE) as { bits: number };
      const both = (left.get(card) ?? 0) & bits;
      left.set(card, bits);
      if (both !== 0) report(call, card, both);
    },
  };
}

const SINCE = "unacked: since";
const CARD = "unacked: card";
