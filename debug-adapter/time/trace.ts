/** What CPUs executed in a stretch of the past, statement by statement. */
import type { Frame } from "../../sim/instrument/monitor.ts";
import type { Context, CpuId } from "../../sim/machine/model.ts";
import type { Run } from "../session/run.ts";
import type { Moment } from "./moment.ts";

/** A statement that was about to execute. */
export interface Entry {
  readonly at: Moment;
  readonly cpu: CpuId;
  readonly task: number;
  readonly context: number;
  /** Contexts below it. */
  readonly contextDepth: number;
  /** Number of the activation: the same for statements of one call. */
  readonly frame: number;
  readonly depth: number;
  readonly pc: number;
  readonly line: number;
}

/** Which statements are noted. */
export interface Wanted {
  readonly cpu?: CpuId;
  /** Not what is deeper on the stack, unless it is of a context further below than this. */
  readonly depth?: number;
  readonly contextDepth?: number;
}

export function isWanted(entry: Pick<Entry, "cpu" | "depth" | "contextDepth">, wanted: Wanted): boolean {
  if (wanted.cpu !== undefined && entry.cpu !== wanted.cpu) return false;
  return (
    wanted.depth === undefined ||
    entry.depth <= wanted.depth ||
    entry.contextDepth < (wanted.contextDepth ?? 0)
  );
}

/** Notes what one run executes; numbers of activations hold for as long as it is the same tracer. */
export class Tracer {
  readonly run: Run;
  readonly entries: Entry[] = [];
  readonly #frames = new WeakMap<Frame, number>();
  readonly #wanted: Wanted;
  #count = 0;

  constructor(run: Run, wanted: Wanted = {}) {
    this.run = run;
    this.#wanted = wanted;
  }

  /** Notes from now on, until what is returned is called. */
  start(): () => void {
    return this.run.machine.debugger.watchStatements((frame, pc) => this.#note(frame, pc));
  }

  #note(frame: Frame, pc: number): void {
    const { machine } = this.run;
    const { id: cpu, current } = machine.cpu;
    const { context, id: task } = current;
    const contextDepth = depthOf(context);
    const { depth } = frame;
    if (!isWanted({ cpu, depth, contextDepth }, this.#wanted)) return;
    let number = this.#frames.get(frame);
    if (number === undefined) this.#frames.set(frame, (number = this.#count++));
    this.entries.push({
      at: { ticks: machine.tickCount, stalls: machine.stallCount },
      cpu,
      task,
      context: context.id,
      contextDepth,
      frame: number,
      depth,
      pc,
      line: frame.fn.module.pcs[pc]?.line ?? 0,
    });
  }
}

export function depthOf(context: Context): number {
  let depth = 0;
  for (let below = context.below; below !== null; below = below.below) depth++;
  return depth;
}
