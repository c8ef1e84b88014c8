/** What a step into the statement of a frame can lead to. */
import type { PcInfo, SourceRange } from "../../sim/instrument/monitor.ts";
import type { FrameContainer } from "../variables/frameScopes.ts";
import type { Run } from "./run.ts";

export interface StepInTarget {
  /** The pc of a call, or {@link INTERRUPT} and the number of an interrupt. */
  readonly id: number;
  readonly label: string;
  readonly range?: SourceRange;
}

/** Ids from here on are interrupts. */
export const INTERRUPT = 1 << 24;
const LONGEST = 60;

/** Calls in the order in which they are written, then interrupts. */
export function stepInTargetsOf(run: Run, { frame, cpu }: FrameContainer): StepInTarget[] {
  const { module } = frame.fn;
  const here = module.pcs[frame.pc];
  const calls =
    here === undefined
      ? []
      : [...module.pcs.entries()]
          .filter(
            ([, info]) =>
              info.kind === "call" && info.fn === here.fn && contains(statementOf(module.pcs, here), info),
          )
          .map(([id, range]) => ({ id, label: textOf(module.source, range), range }));
  const interrupts = [...new Set(run.machine.cpus[cpu]?.pendingVectors ?? [])];
  return [
    ...calls,
    ...interrupts.map((vector) => ({ id: INTERRUPT + vector, label: `interrupt ${vector} (pending)` })),
  ];
}

/** The statement that a point or call within it belongs to. */
function statementOf(pcs: readonly PcInfo[], here: PcInfo): PcInfo {
  if (here.kind === "statement") return here;
  const around = pcs.filter((pc) => pc.kind === "statement" && pc.fn === here.fn && contains(pc, here));
  return around.at(-1) ?? here;
}

function contains(outer: SourceRange, inner: SourceRange): boolean {
  const begins = outer.line - inner.line || outer.column - inner.column;
  const ends = inner.endLine - outer.endLine || inner.endColumn - outer.endColumn;
  return begins <= 0 && ends <= 0;
}

function textOf(source: string, { line, column, endLine, endColumn }: SourceRange): string {
  const lines = source.split("\n").slice(line - 1, endLine);
  if (lines.length === 0) return "";
  lines[lines.length - 1] = lines.at(-1)!.slice(0, endColumn - 1);
  lines[0] = lines[0]!.slice(column - 1);
  const text = lines.join(" ").replace(/\s+/g, " ");
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
