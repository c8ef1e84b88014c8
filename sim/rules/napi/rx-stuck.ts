/** Received packets that nobody takes: the receive side has gone to sleep with work to do. */
import type { DeviceLike, Place } from "../../machine/events.ts";
import type { Listeners, RuleContext } from "../rule.ts";
import { type CardState, givenBack, INT_RX, type Received } from "../state/cards.ts";
import { type NetDevice, pollScheduled, running } from "../txq/device.ts";

/**
 * `rotting`: the event is there and unmasked, but makes no interrupt any more. `acked`: somebody wiped it out. `masked`:
 * nobody polls, and the receive events are masked.
 */
export type StuckKind = "rotting" | "acked" | "masked";

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
/** Longer than a timer may take that looks after a ring without buffers. */
const MASKED_NS = 500e6;

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
    const oldest = [...card.received.values()].find((got) => late(got) && !givenBack(card, got));
    if (oldest === undefined) return;
    if (!asleep(ctx, card, device, nowNs)) return;
    const ack = acks.get(card) ?? null;
    const found = why(card, ack, nowNs - oldest.timeNs);
    if (found !== kind) return;
    told.add(card);
    report({ card, device, lastAck: ack });
  };
  const masked = ({ device }: CardState, forNs: number): StuckKind | null => {
    const { timers, runningTimers, work, tasklets } = ctx.state.resources;
    if (typeof (device as NetDevice).poll !== "function" || work.size > 0 || tasklets.size > 0) return null;
    const patient = timers.size > 0 || runningTimers.size > 0;
    return patient && forNs < MASKED_NS ? null : "masked";
  };
  const why = (card: CardState, ack: Where | null, forNs: number): StuckKind | null => {
    if ((card.mask & INT_RX) === 0) return masked(card, forNs);
    if (card.status & card.mask & INT_RX) return card.msi ? "rotting" : null;
    return ack ? "acked" : null;
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
    "task-woken": (event) => judgeAll(event.timeNs),
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
  const { poll } = device as NetDevice;
  return poll ? ctx.state.callbacks.place(poll) : null;
}
