/** Received packets that nobody takes: the receive side has gone to sleep with work to do. */
import type { DeviceLike, Place } from "../../machine/events.ts";
import type { Listeners, RuleContext } from "../rule.ts";
import { type CardState, givenBack, INT_RX } from "../state/cards.ts";
import { pollScheduled, running } from "../txq/device.ts";

/** `rotting`: the event is there and unmasked, but makes no interrupt any more. `acked`: somebody wiped it out. */
export type StuckKind = "rotting" | "acked";

export interface RxStuck {
  readonly card: CardState;
  readonly device: DeviceLike;
  readonly lastAck: Where | null;
}

interface Where {
  readonly place: Place | null;
  readonly cpu: number;
  readonly tick: number;
}

/** Longer than any poll is on its way. */
const STUCK_NS = 3e6;

export function rxStuckListeners(
  ctx: RuleContext,
  kind: StuckKind,
  report: (stuck: RxStuck) => void,
): Listeners {
  const acks = new Map<CardState, Where & { readonly timeNs: number }>();
  const told = new Set<CardState>();
  const judge = (card: CardState, nowNs: number): void => {
    const { device } = card;
    const oldest = [...card.received.values()].find((received) => !givenBack(card, received));
    if (device === null || oldest === undefined || told.has(card)) return;
    if (nowNs - oldest.timeNs < STUCK_NS) return;
    if (!asleep(ctx, card, device)) return;
    const unmasked = (card.mask & INT_RX) !== 0;
    const pending = (card.status & card.mask & INT_RX) !== 0;
    const ack = acks.get(card) ?? null;
    if (!unmasked) return;
    const found: StuckKind | null = pending ? (card.msi ? "rotting" : null) : ack ? "acked" : null;
    if (found !== kind) return;
    told.add(card);
    report({ card, device, lastAck: ack });
  };
  return {
    "mmio-write": (event) => {
      if (event.register === "ISR" && event.value & INT_RX)
        acks.set(ctx.state.cards.of(event.card), {
          place: ctx.machine.here(),
          cpu: event.cpu,
          tick: event.point,
          timeNs: event.timeNs,
        });
    },
    "callback-entered": (event) => {
      for (const card of ctx.state.cards.all) if (card.received.size > 0) judge(card, event.timeNs);
    },
    "card-reset": (event) => void told.delete(ctx.state.cards.of(event.card)),
  };
}

/** Nobody polls, handles or is about to. */
function asleep(ctx: RuleContext, card: CardState, device: DeviceLike): boolean {
  if (card.hung || card.unplugged || card.running.has("rx") || card.posted.length > 0) return false;
  if (!running(device) || pollScheduled(device)) return false;
  if ((card.written.get("COALESCE") ?? 0) !== 0) return false;
  if (ctx.state.callbacks.running().some((c) => BUSY.has(c.slot))) return false;
  return !ctx.state.pending.interrupt(card.irq);
}

const BUSY: ReadonlySet<string> = new Set(["irq", "poll", "timer", "tasklet", "work", "open", "stop"]);

export function pollOf(ctx: RuleContext, device: DeviceLike): Place | null {
  const { poll } = device as DeviceLike & { poll?: { readonly name: string } | null };
  return poll ? ctx.state.callbacks.place(poll) : null;
}
