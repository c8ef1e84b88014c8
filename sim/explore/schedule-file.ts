/** Schedule files: everything that a run is a function of, what it is expected to show, and the hash of its history. */
import { DEFAULT_CONFIG, type LabConfig } from "../lab/config.ts";
import { FAULT_NAMES } from "../lab/fault-names.ts";
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
  /** For each decision the hash of the history before it; missing where there was no time to write them. */
  readonly marks?: readonly string[];
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
  const setting = settingProblem(value as Partial<ScheduleFile>);
  if (setting !== null) return setting;
  const right = (d: unknown): boolean =>
    Array.isArray(d) &&
    d.length === 4 &&
    Number.isInteger(d[0]) &&
    typeof d[1] === "string" &&
    Number.isInteger(d[3]);
  if (!Array.isArray(decisions) || !decisions.every(right)) return "its decisions are damaged";
  return null;
}

/** Settings are those of {@link DEFAULT_CONFIG}, and of its types. */
function settingProblem({
  seed,
  cpus,
  settings,
  programHash,
  kernelKey,
  historyHash,
  expected,
  marks,
}: Partial<ScheduleFile>): string | null {
  if (!isCount(seed, 0, 0xffffffff)) return `its seed is ${told(seed)}`;
  if (!isCount(cpus, 1, MAX_CPUS)) return `its cpus are ${told(cpus)}; there can be 1 to ${MAX_CPUS}`;
  if (typeof settings !== "object" || settings === null) return `its settings are ${told(settings)}`;
  for (const [name, value] of Object.entries(settings)) {
    const known = DEFAULT_CONFIG[name as keyof LabConfig];
    if (known === undefined || typeof known !== typeof value || value === null)
      return `its setting ${name} is ${told(value)}`;
  }
  for (const name of Object.keys(settings.faults ?? {}))
    if (!FAULT_NAMES.includes(name)) return `it names a fault that nothing knows, "${name}"`;
  for (const hash of [programHash, kernelKey, historyHash])
    if (typeof hash !== "string") return "a hash is missing";
  if (expected !== null && (typeof expected?.rule !== "string" || !Number.isInteger(expected.line)))
    return "what it expects is damaged";
  const strings = (list: unknown): boolean => Array.isArray(list) && list.every((m) => typeof m === "string");
  return marks === undefined || strings(marks) ? null : "its marks are damaged";
}

const MAX_CPUS = 32;

const isCount = (n: unknown, min: number, max: number): boolean =>
  typeof n === "number" && Number.isInteger(n) && n >= min && n <= max;

const told = (value: unknown): string =>
  value === undefined ? "missing" : JSON.stringify(value).slice(0, 40);
