/** Vector clocks: how far a strand of execution knows the others. Entry 0 counts nothing: strands are numbered from 1. */
export type VectorClock = number[];

/** `into` learns what `from` knows. */
export function learn(into: VectorClock, from: VectorClock): void {
  for (let i = 1; i < from.length; i++) {
    const theirs = from[i]!;
    if (theirs > (into[i] ?? 0)) {
      while (into.length < i) into.push(0);
      into[i] = theirs;
    }
  }
}

/** Does a strand with this clock know the moment `time` of strand `strand`? */
export function knows(clock: VectorClock, strand: number, time: number): boolean {
  return (clock[strand] ?? 0) >= time;
}
