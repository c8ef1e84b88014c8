/** Received packets that nobody takes: the receive side has gone to sleep with work to do. */
import type { DeviceLike, Place } from "../../machine/events.ts";
import type { Listeners, RuleContext } from "../rule.ts";
import { type CardState, givenBack, INT_RX, type Received } from "../state/cards.ts";
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
    if (device === null || told.has(card)) return;
    const late = ({ timeNs }: Received): boolean => nowNs - timeNs >= STUCK_NS;
    if (![...card.received.values()].some((received) => late(received) && !givenBack(card, received))) return;
    if (!asleep(ctx, card, device, nowNs)) return;
    const unmasked = (card.mask & INT_RX) !== 0;
    const pending = (card.status & card.mask & INT_RX) !== 0;
    const ack = acks.get(card) ?? null;
    if (!unmasked) return;
    const found: StuckKind | null = pending ? (card.msi ? "rotting" : null) : ack ? "acked" : null;
    if (found !== kind) return;
    told.add(card);
    report({ card, device, lastAck: ack });
  };
  const judgeAll = (nowNs: number): void => {
    for (const card of ctx.state.cards.all) if (card.received.size > 0) judge(card, nowNs);
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
      if (event.slot !== "irq" && event.slot !== "poll") judgeAll(event.timeNs);
    },
    "lock-acquire": (event) => judgeAll(event.timeNs),
    "card-engine": (event) => {
      if (event.running) judgeAll(event.timeNs);
    },
    "card-reset": (event) => void told.delete(ctx.state.cards.of(event.card)),
  };
}

/** Nobody polls, handles or is about to, up to this moment: what begins right now was not there before. */
function asleep(ctx: RuleContext, card: CardState, device: DeviceLike, nowNs: number): boolean {
  if (card.hung || card.unplugged || card.posted.length > 0) return false;
  if (!running(device) || pollScheduled(device)) return false;
  if ((card.written.get("COALESCE") ?? 0) !== 0) return false;
  if (ctx.state.callbacks.running().some((c) => BUSY.has(c.slot) && c.sinceNs < nowNs)) return false;
  return !ctx.state.pending.interrupt(card.irq);
}

const BUSY: ReadonlySet<string> = new Set(["irq", "poll", "timer", "tasklet", "work", "open", "stop"]);

export function pollOf(ctx: RuleContext, device: DeviceLike): Place | null {
  const { poll } = device as DeviceLike & { poll?: { readonly name: string } | null };
  return poll ? ctx.state.callbacks.place(poll) : null;
}
