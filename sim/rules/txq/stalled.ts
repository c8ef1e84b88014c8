/** Queues that are stopped and stay so: found where it shows, told by the rule that explains it. */
import type { DeviceLike, Place, RelatedPlace } from "../../machine/events.ts";
import { at, related } from "../help.ts";
import type { Listeners, RuleContext } from "../rule.ts";
import { type Flow, type FlowStep, type StaleLoad, staleLoad } from "../state/queue-flow.ts";
import { carrierOff, present, stopped, waiting } from "./device.ts";

/**
 * `mem-order`: as `lost-wake`, and hard_start_xmit did not see what the other side had stored. `lost-wake`: the ring was emptied while hard_start_xmit was deciding to stop. `progress`: packets are in the ring and
 * nobody will look at them. `stall`: nobody wakes it at all.
 */
export type StallKind = "mem-order" | "lost-wake" | "progress" | "stall";

export interface Stall {
  readonly device: DeviceLike;
  readonly kind: StallKind;
  readonly flow: Flow;
  readonly stop: FlowStep;
  /** Packets that the driver still holds. */
  readonly held: number;
  /** What hard_start_xmit loaded before it was visible. */
  readonly stale: StaleLoad | null;
}

/** Calls `report` for each stall of that kind, once it is certain. */
export function stallListeners(ctx: RuleContext, kind: StallKind, report: (stall: Stall) => void): Listeners {
  const judge = (flow: Flow, certain: (device: DeviceLike, stop: FlowStep) => boolean): void => {
    const { device, stop } = flow;
    if (stop === null || !stop.place?.model || !stopped(device) || !present(device)) return;
    if (!certain(device, stop)) return;
    const stale = staleLoad(stop.callback);
    const plain = kindOf(ctx, flow, stop);
    const stall: Stall = {
      device,
      flow,
      stop,
      kind: plain === "lost-wake" && stale !== null ? "mem-order" : plain,
      held: heldBy(ctx, device),
      stale,
    };
    if (stall.kind !== kind) return;
    // a watchdog will call tx_timeout; that a wake was lost is wrong all the same
    if (kind === "lost-wake" || kind === "mem-order" || !rescued(device)) report(stall);
  };
  return {
    "callback-entered": (event) => {
      for (const flow of ctx.state.queues.all) {
        if (flow.stop === null) continue;
        if (event.slot === "stop" && event.owner === flow.device)
          judge(flow, (device, stop) => inXmit(stop) && !carrierOff(device) && nothingComes(ctx, flow));
        else if (event.timeNs - flow.stop.timeNs >= STALL_NS)
          judge(flow, (device) => wanted(device) && nothingComes(ctx, flow));
      }
    },
    // the watchdog has waited for seconds
    "tx-timeout": (event) => {
      judge(ctx.state.queues.of(event.device), (device, stop) => inXmit(stop) && heldBy(ctx, device) === 0);
    },
    // whatever could have woken it has had its time
    hang: () => {
      for (const flow of ctx.state.queues.all) judge(flow, wanted);
    },
  };
}

const STALL_NS = 0.5e9;

function wanted(device: DeviceLike): boolean {
  return !carrierOff(device) && waiting(device) > 0;
}

function rescued(device: DeviceLike): boolean {
  return Boolean((device as DeviceLike & { tx_timeout?: unknown }).tx_timeout);
}

function inXmit(stop: FlowStep): boolean {
  return stop.callback?.slot === "hard_start_xmit";
}

function nothingComes(ctx: RuleContext, flow: Flow): boolean {
  return !ctx.state.pending.any(flow.triedSince) && !busyElsewhere(ctx, flow.device);
}

/** Another callback is at work that may still wake it. */
function busyElsewhere(ctx: RuleContext, device: DeviceLike): boolean {
  return ctx.state.callbacks
    .running()
    .some(({ slot, owner }) => (slot === "hard_start_xmit" && owner === device) || BUSY.has(slot));
}
const BUSY: ReadonlySet<string> = new Set(["irq", "poll", "timer", "tasklet", "work"]);

function heldBy(ctx: RuleContext, device: DeviceLike): number {
  return ctx.state.skbs.outstanding(device).length;
}

function kindOf(ctx: RuleContext, flow: Flow, stop: FlowStep): StallKind {
  const { reclaim } = flow;
  if (heldBy(ctx, flow.device) > 0) return "progress";
  if (reclaim === null || stop.callback?.slot !== "hard_start_xmit") return "stall";
  const otherContext = reclaim.context !== stop.context;
  const meanwhile =
    reclaim.n > stop.callback.since && (reclaim.n < stop.n || (reclaim.callback?.since ?? Infinity) < stop.n);
  const overlapping = flow.reclaimEnded === null || flow.reclaimEnded > stop.callback.since;
  return otherContext && (meanwhile || (overlapping && reclaim.n < stop.n)) ? "lost-wake" : "stall";
}

/** Both sides hold one lock where they act, so it was outside of it that hard_start_xmit looked for room. */
export function lookedBeforeTheLock({ flow, stop }: Stall): boolean {
  return stop.locks.some((lock) => flow.reclaim?.locks.includes(lock));
}

/** Who stopped it, and who emptied the ring. */
export function story({ flow, stop }: Stall): RelatedPlace[] {
  const told = [related("the queue was stopped", stop)];
  const { reclaim } = flow;
  if (reclaim)
    told.push(related(`${reclaim.callback?.name ?? reclaim.context.name} freed the last packet`, reclaim));
  return told;
}

export function emptied({ flow }: Stall): string {
  const { reclaim } = flow;
  if (reclaim === null) return "nobody";
  return `${reclaim.callback?.name ?? reclaim.context.name}() at ${at(reclaim.place)}`;
}

export function placeOf({ stop }: Stall): Place | null {
  return stop.place;
}
