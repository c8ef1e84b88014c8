/** What the user did to the run: with the seed, all that is needed to run the same history again. */
import type { Run } from "../session/run.ts";
import { compare, type Moment } from "./moment.ts";

export interface Intervention {
  readonly at: Moment;
  /** In words, for lists. */
  readonly what: string;
  /** Does it to a run that stands at the moment; an error is the user's, and comes again each time. */
  apply(run: Run): void;
}

/** True if a run that has seen `applied` and stands at `now` can go on along `wanted`. */
export function fits(
  applied: readonly Intervention[],
  now: Moment,
  wanted: readonly Intervention[],
): boolean {
  if (applied.length > wanted.length) return false;
  for (let i = 0; i < applied.length; i++) if (applied[i] !== wanted[i]) return false;
  const next = wanted[applied.length];
  return next === undefined || compare(next.at, now) >= 0;
}
