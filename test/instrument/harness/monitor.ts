import {
  type Frame,
  MachineUnwind,
  type Monitor,
  type Resumable,
  type ScopeAccessor,
} from "../../../sim/instrument/index.ts";

/** How many steps to let pass before the next pause; called anew after each. */
export type Pauses = () => number;

export const NEVER: Pauses = () => 1 << 30;
export const ALWAYS: Pauses = () => 0;

/** Small deterministic generator of numbers (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Pauses now and then, in bursts. */
export function sometimes(seed: number): Pauses {
  const random = randomOf(seed);
  return () => (random(4) === 0 ? random(200) : random(5));
}

/** Pauses about every few thousand steps. */
export function seldom(seed: number): Pauses {
  const random = randomOf(seed);
  return () => random(5000);
}

export class StackOverflow extends MachineUnwind {}
/** The program ran longer than any test program may. */
export class TooLong extends MachineUnwind {}

/** Drives one program or several in turn; pauses as told and counts what passes. */
export class PausingMonitor implements Monitor {
  ticksLeft: number;
  pointsLeft: number;
  top: Frame | null = null;
  /** Called at each pause, before it. */
  atPause: ((frame: Frame) => void) | null = null;
  pauses = 0;
  private ticked = 0;
  private pointed = 0;
  private ticksGiven: number;
  private pointsGiven: number;
  private nested = 0;

  constructor(
    private readonly next: Pauses,
    private readonly limit = 20_000_000,
  ) {
    this.ticksLeft = this.ticksGiven = next();
    this.pointsLeft = this.pointsGiven = next();
  }

  get ticks(): number {
    return this.ticked + this.ticksGiven - this.ticksLeft;
  }

  get points(): number {
    return this.pointed + this.pointsGiven - this.pointsLeft;
  }

  /** A breakpoint whose condition never holds: counts the tick, stops nothing. */
  armed(_frame: Frame, _pc: number): boolean {
    return --this.ticksLeft < 0;
  }

  *tick(frame: Frame, _pc: number): Resumable<void> {
    this.ticked += this.ticksGiven - this.ticksLeft;
    if (this.ticked > this.limit) throw new TooLong("too many ticks");
    this.ticksLeft = this.ticksGiven = Math.min(this.next(), this.limit);
    yield* this.pause(frame);
  }

  due(): boolean {
    return true;
  }

  *point(frame: Frame, _pc: number): Resumable<void> {
    this.pointed += this.pointsGiven - this.pointsLeft;
    this.pointsLeft = this.pointsGiven = this.next();
    yield* this.pause(frame);
  }

  private *pause(frame: Frame): Resumable<void> {
    this.atPause?.(frame);
    if (this.nested > 0) return;
    this.pauses++;
    yield;
  }

  runNested<T>(body: Resumable<T>): T {
    const top = this.top;
    this.nested++;
    try {
      const step = body.next();
      if (!step.done) throw new Error("nested code yielded to the machine");
      return step.value;
    } finally {
      this.nested--;
      this.top = top;
    }
  }

  stackOverflow(_frame: Frame): never {
    throw new StackOverflow("stack overflow");
  }

  /** Runs bodies in turn, one pause at a time, until all have ended. */
  runAll<T>(bodies: readonly Resumable<T>[]): T[] {
    const tops: (Frame | null)[] = bodies.map(() => null);
    const results: T[] = [];
    const open = new Set(bodies.keys());
    while (open.size > 0)
      for (const i of open) {
        this.top = tops[i]!;
        const step = bodies[i]!.next();
        tops[i] = this.top;
        if (step.done) {
          open.delete(i);
          results[i] = step.value;
        }
      }
    return results;
  }
}

/** Reads every variable that a debugger could show at this pause; what cannot be is noted in `problems`. */
export function readAllVariables(frame: Frame, problems: string[]): void {
  const { module, name } = frame.fn;
  for (let id = module.pcs[frame.pc]?.scope ?? -1; id >= 0; id = module.scopes[id]!.parent) {
    const { variables, slot } = module.scopes[id]!;
    const accessor = accessorOf(frame, slot);
    const line = module.pcs[frame.pc]?.line;
    if (accessor === undefined && variables.length > 0)
      problems.push(`${name}, line ${line}: no accessor for ${variables.map((v) => v.name).join()}`);
    for (const index of variables.keys()) {
      try {
        accessor?.(index, false);
      } catch (error) {
        if (!(error instanceof ReferenceError)) problems.push(`${name}, line ${line}: ${String(error)}`);
      }
    }
  }
}

function accessorOf(frame: Frame, slot: number): ScopeAccessor | undefined {
  return slot < 8 ? frame[`s${slot}` as "s0"] : frame.more?.[slot - 8];
}
