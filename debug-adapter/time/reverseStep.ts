/**
 * Steps backwards, as searches in the trace of one CPU: the inverse of what the machine's debugger does forwards. A step
 * goes by lines, so it ends at the first statement of a run of statements in one line.
 */
import type { Entry } from "./trace.ts";

export type ReverseMode = "over" | "in" | "out" | "statement";

/**
 * Index of the entry to which a step back from `from` leads; -1 if it lies before the trace. `begun`: the statement at
 * `from` has begun (its CPU was interrupted in its midst), so that going back to its own beginning is a step.
 */
export function stepBackFrom(
  trace: readonly Entry[],
  from: number,
  mode: ReverseMode,
  begun: boolean,
): number {
  const start = trace[from];
  if (start === undefined) return -1;
  if (mode === "statement") return begun ? from : from - 1;
  if (begun && mode !== "out") return lineStart(trace, from);
  for (let i = from - 1; i >= 0; i--) {
    const relation = relationOf(trace[i]!, start);
    if (relation === "elsewhere") continue;
    if (relation === "inside" && mode !== "in") continue;
    if (relation === "same" && mode === "out") continue;
    return lineStart(trace, i);
  }
  return -1;
}

/** Where an earlier statement of the CPU lies, seen from the one that is stepped. */
function relationOf(entry: Entry, start: Entry): "same" | "inside" | "outside" | "elsewhere" {
  if (entry.task !== start.task || entry.contextDepth > start.contextDepth) return "elsewhere";
  if (entry.contextDepth < start.contextDepth) return "outside";
  // an interrupt that came and went before this one
  if (entry.context !== start.context) return "elsewhere";
  if (entry.frame === start.frame) return "same";
  return entry.depth < start.depth ? "outside" : "inside";
}

/** The first statement of the run of statements in one line that ends with `i`; what they called lies between them. */
function lineStart(trace: readonly Entry[], i: number): number {
  let first = i;
  let { pc } = trace[i]!;
  const { frame, line, context } = trace[i]!;
  for (let k = i - 1; k >= 0; k--) {
    const entry = trace[k]!;
    if (entry.context === context && entry.depth < trace[i]!.depth) break;
    if (entry.frame !== frame) continue;
    if (entry.line !== line || entry.pc >= pc) break;
    first = k;
    pc = entry.pc;
  }
  return first;
}

/** Index of the first statement of the latest call at `depth`; -1 if it began before the trace. */
export function callStart(trace: readonly Entry[], depth: number): number {
  const last = trace.findLast((entry) => entry.depth <= depth);
  if (last?.depth !== depth) return -1;
  const first = trace.findIndex(({ frame }) => frame === last.frame);
  // its caller was seen to execute before it
  return trace.slice(0, first).some((entry) => entry.task === last.task && entry.depth < depth) ? first : -1;
}
