/** What one CPU executed in a stretch of the past, statement by statement. */
import type { Frame } from "../../sim/instrument/monitor.ts";
import type { Context, CpuId } from "../../sim/machine/model.ts";
import type { Run } from "../session/run.ts";
import type { Moment } from "./moment.ts";

/** A statement that was about to execute. */
export interface Entry {
  readonly at: Moment;
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

/** Notes what `cpu` executes until the returned function is called. */
export function trace(run: Run, cpu: CpuId): () => Entry[] {
  const { machine } = run;
  const entries: Entry[] = [];
  const frames = new Map<Frame, number>();
  const off = machine.debugger.watchStatements((frame, pc) => {
    if (machine.cpu.id !== cpu) return;
    const { context, id: task } = machine.cpu.current;
    let number = frames.get(frame);
    if (number === undefined) frames.set(frame, (number = frames.size));
    entries.push({
      at: { ticks: machine.tickCount, stalls: machine.stallCount },
      task,
      context: context.id,
      contextDepth: depthOf(context),
      frame: number,
      depth: frame.depth,
      pc,
      line: frame.fn.module.pcs[pc]?.line ?? 0,
    });
  });
  return () => {
    off();
    return entries;
  };
}

function depthOf(context: Context): number {
  let depth = 0;
  for (let below = context.below; below !== null; below = below.below) depth++;
  return depth;
}
