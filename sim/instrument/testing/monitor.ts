import type { Frame, Monitor, Resumable } from "../monitor.ts";
import { MachineUnwind } from "../unwind.ts";

export class StackOverflow extends MachineUnwind {}

/** A monitor without a machine: never pauses, or really pauses at each tick and point. */
export class TestMonitor implements Monitor {
  ticksLeft: number;
  pointsLeft: number;
  top: Frame | null = null;
  ticks = 0;
  points = 0;
  private nested = 0;
  /** Called at each tick when `pausing`. */
  onTick: ((frame: Frame, pc: number) => void) | null = null;
  onPoint: ((frame: Frame, pc: number) => void) | null = null;
  constructor(readonly pausing: boolean) {
    this.ticksLeft = this.pointsLeft = pausing ? 0 : 1_000_000_000;
  }
  armed(): boolean {
    this.ticksLeft--;
    return true;
  }
  *tick(frame: Frame, pc: number): Resumable<void> {
    this.ticks++;
    this.onTick?.(frame, pc);
    this.ticksLeft = this.pausing ? 0 : 1_000_000_000;
    if (this.pausing && this.nested === 0) yield;
  }
  due(): boolean {
    return true;
  }
  *point(frame: Frame, pc: number): Resumable<void> {
    this.points++;
    this.onPoint?.(frame, pc);
    this.pointsLeft = this.pausing ? 0 : 1_000_000_000;
    if (this.pausing && this.nested === 0) yield;
  }
  runNested<T>(body: Resumable<T>): T {
    const top = this.top;
    this.nested++;
    try {
      for (;;) {
        const step = body.next();
        if (step.done) return step.value;
      }
    } finally {
      this.nested--;
      this.top = top;
    }
  }
  stackOverflow(_frame: Frame): never {
    throw new StackOverflow("stack overflow");
  }
  /** Runs a computation to its end; how often it paused is in `pauses`. */
  run<T>(body: Resumable<T>): T {
    for (;;) {
      const step = body.next();
      if (step.done) return step.value;
      this.pauses++;
    }
  }
  pauses = 0;
}
