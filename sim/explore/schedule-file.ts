/** Schedule files: everything that a run is a function of, what it is expected to show, and the hash of its history. */
import type { LabConfig } from "../lab/config.ts";
import type { Program } from "../lab/program.ts";
import type { ViolationReport } from "../lab/result.ts";
import { HistoryHash } from "../machine/history-hash.ts";
import type { Decision } from "../machine/schedule.ts";

export const SCHEDULE_FORMAT = 1;

export interface ScheduleFile {
  readonly format: typeof SCHEDULE_FORMAT;
  /** Of the model's and the workload's sources. */
  readonly programHash: string;
  /** Of the simulated kernel. */
  readonly kernelKey: string;
  /** Path of the model, relative to this file. */
  readonly model: string;
  readonly workload: string;
  readonly seed: number;
  readonly cpus: number;
  readonly settings: Omit<LabConfig, "seed" | "cpus" | "strategy">;
  readonly decisions: readonly Decision[];
  readonly expected: Pick<ViolationReport, "rule" | "message" | "line" | "column" | "tick"> | null;
  readonly historyHash: string;
}

export function programHash(program: Program): string {
  const hash = new HistoryHash();
  for (const { source } of [...program.modelModules, ...program.workloadModules]) hash.string(source);
  return hash.digest();
}

/** What is wrong with a text that should be a schedule; null if it is one. */
export function scheduleProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("decisions" in value))
    return "it is no schedule of netdev-lab";
  const { format, decisions, model, workload } = value as Partial<ScheduleFile>;
  if (format !== SCHEDULE_FORMAT)
    return `its format is ${String(format)}, and this version reads ${SCHEDULE_FORMAT}`;
  if (typeof model !== "string" || typeof workload !== "string") return "it names no model or workload";
  const right = (d: unknown): boolean =>
    Array.isArray(d) &&
    d.length === 4 &&
    Number.isInteger(d[0]) &&
    typeof d[1] === "string" &&
    Number.isInteger(d[3]);
  if (!Array.isArray(decisions) || !decisions.every(right)) return "its decisions are damaged";
  return null;
}
