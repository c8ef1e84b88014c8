/** Moments of a run: before statement number `ticks`, after `stalls` times that only frozen CPUs could have gone on. */
export interface Moment {
  readonly ticks: number;
  readonly stalls: number;
}

export const START: Moment = { ticks: 0, stalls: 0 };

/** Less than 0: `a` is earlier. */
export function compare(a: Moment, b: Moment): number {
  return a.ticks - b.ticks || a.stalls - b.stalls;
}

export function momentKey({ ticks, stalls }: Moment): string {
  return `${ticks}/${stalls}`;
}
