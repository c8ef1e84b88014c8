/** Events of a card that its handler leaves as they are: asserted, unmasked, from one call to the next. */
import type { Listeners, RuleContext } from "../rule.ts";
import type { Callback } from "../state/callbacks.ts";
import { type CardState, INT_RX } from "../state/cards.ts";
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
  /** The calls that are running. */
  const calls = new Map<Callback, Watched>();
  /** Polls that have let receive events interrupt again and are about to complete. */
  const ending = new Map<CardState, Callback>();
  return {
    "callback-entered": (event) => {
      if (event.slot !== "irq") return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const card = ctx.state.cards.ofDevId(event.args[1], privateOf);
      if (call === null || card === null || card.irq !== event.args[0]) return;
      calls.set(call, { card, bits: card.status & card.mask, reads: 0 });
    },
    "card-status": (event) => {
      const card = ctx.state.cards.of(event.card);
      // what was cleared or masked meanwhile has been served
      for (const call of calls.values()) if (call.card === card) call.bits &= event.status & event.mask;
      left.set(card, (left.get(card) ?? 0) & event.status & event.mask);
    },
    "mmio-write": (event) => {
      if (event.register !== "IMR" && event.register !== "ISR") return;
      const card = ctx.state.cards.of(event.card);
      const writer = ctx.state.callbacks.current(event.task, event.context);
      if (writer?.slot === "poll" && event.register === "IMR" && event.value & INT_RX)
        ending.set(card, writer);
      const kept = event.register === "IMR" ? event.value : ~event.value;
      left.set(card, (left.get(card) ?? 0) & kept);
      for (const call of calls.values()) if (call.card === card) call.bits &= kept;
    },
    "mmio-read": (event) => {
      if (event.register !== "ISR") return;
      const call = ctx.state.callbacks.current(event.task, event.context);
      const watched = call === null ? undefined : calls.get(call);
      if (!call || watched === undefined || ++watched.reads !== MANY_READS || watched.bits === 0) return;
      report(call, watched.card, watched.bits);
    },
    "callback-left": (event) => {
      const call = ctx.state.callbacks.left;
      if (event.slot === "poll") for (const [card, poll] of ending) if (poll === call) ending.delete(card);
      if (event.slot !== "irq") return;
      const watched = call === null ? undefined : calls.get(call);
      if (!call || watched === undefined) return;
      calls.delete(call);
      const { card } = watched;
      if (card.msi) return;
      // called again and again until that poll, on another CPU, has completed: a pity, no mistake
      const polled = (ending.get(card)?.cpu ?? event.cpu) !== event.cpu;
      const bits = polled ? watched.bits & ~INT_RX : watched.bits;
      const both = (left.get(card) ?? 0) & bits;
      left.set(card, bits);
      if (both !== 0) report(call, card, both);
    },
  };
}

/** A call of a card's handler: the events that were asserted and unmasked all the time, and how often it read the status. */
interface Watched {
  readonly card: CardState;
  bits: number;
  reads: number;
}
