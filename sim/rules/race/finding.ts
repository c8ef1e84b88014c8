/** What is told of a data race, whichever rule it breaks. */
import type { EventOf, RaceSide } from "../../machine/events.ts";
import type { Finding } from "../rule.ts";

const MAX_PLACES = 6;

export type Race = EventOf<"data-race">;

export function raceFinding({ object, name, first, second }: Race): Finding {
  return {
    message: `${name} is ${done(second)} by ${where(second)} and ${done(first)} by ${where(first)}; nothing orders the two`,
    place: second.place,
    about: [object],
    stack: second.stack,
    related: first.stack.slice(0, MAX_PLACES).map((place, i) => ({
      message: i === 0 ? `${done(first)} here by ${where(first)}` : `called from ${place.fn}`,
      place,
      cpu: first.cpu,
      tick: first.tick,
    })),
    kernel: [`BUG: data-race in ${first.place.fn} / ${second.place.fn}`, text(second), text(first)],
  };
}

/** The slots of the two callbacks, if both sides are in callbacks of one object (a device, a work item). */
export function sameOwner({ first, second }: Race): readonly [string, string] | null {
  if (first.callback === null || second.callback === null) return null;
  if (first.callback.owner === null || first.callback.owner !== second.callback.owner) return null;
  return [first.callback.slot, second.callback.slot];
}

/** Does the core leave the locking of hard_start_xmit to the driver of this race's device? */
export function lockless({ first }: Race): boolean {
  const device = first.callback?.owner as { readonly features?: number } | null | undefined;
  return ((device?.features ?? 0) & NETIF_F_LLTX) !== 0;
}

const NETIF_F_LLTX = 4096;

function done(side: RaceSide): string {
  return side.write ? "written" : "read";
}

function where(side: RaceSide): string {
  const held = side.held.length === 0 ? "without a lock" : `under ${side.held.join(", ")}`;
  return `${side.context} on CPU ${side.cpu} ${held}`;
}

function text(side: RaceSide): string {
  return `${side.write ? "write" : "read"} by ${where(side)} at ${side.place.file}:${side.place.line}`;
}
