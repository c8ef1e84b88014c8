/** What a run gave, in the shape of `--json` (one object a run; wall time is added by who measures it). */
import type { Place, Violation } from "../machine/events.ts";
import type { EndReason } from "../machine/machine.ts";
import type { Lab } from "./lab.ts";

export interface ViolationReport {
  readonly rule: string;
  readonly severity: Violation["severity"];
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly cpu: number;
  readonly context: string;
  readonly tick: number;
  readonly related: readonly {
    readonly message: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly cpu: number;
    readonly tick: number;
  }[];
  readonly alsoRules: readonly string[];
  readonly schedule: string | null;
  readonly run: number;
}

export interface RunResult {
  readonly model: string;
  readonly workload: string;
  readonly seed: number;
  readonly cpus: number;
  readonly runs: number;
  readonly ticks: number;
  readonly virtualTimeNs: number;
  readonly historyHash: string;
  /** Exploration exhausted the space; a single run never does. */
  readonly complete: boolean;
  readonly violations: readonly ViolationReport[];
}

/** Result of a lab whose run has ended. */
export function runResult(lab: Lab, run = 1): RunResult {
  const { machine, program, config } = lab;
  return {
    model: program.model.file,
    workload: program.workloadName,
    seed: config.seed,
    cpus: config.cpus,
    runs: 1,
    ticks: machine.tickCount,
    virtualTimeNs: machine.nowNs,
    historyHash: machine.historyHash,
    complete: false,
    violations: lab.rules.violations.map((v) => violationReport(v, program.model.file, run)),
  };
}

export function violationReport(violation: Violation, model: string, run = 1): ViolationReport {
  const { rule, severity, message, cpu, context, tick, alsoRules } = violation;
  return {
    rule,
    severity,
    message,
    ...position(violation.place, model),
    cpu,
    context,
    tick,
    related: violation.related.map((r) => ({
      message: r.message,
      ...position(r.place, model),
      cpu: r.cpu,
      tick: r.tick,
    })),
    alsoRules,
    schedule: null,
    run,
  };
}

/** A violation that happened at no place of the program stands at the top of the model. */
function position(place: Place | null, model: string): { file: string; line: number; column: number } {
  return place === null
    ? { file: model, line: 1, column: 1 }
    : { file: place.file, line: place.line, column: place.column };
}

/** Exit code of a run: 1 if anything of at least `failOn` was found. */
export function exitCode(result: RunResult, failOn: "error" | "warning" = "error"): 0 | 1 {
  const counts = (s: Violation["severity"]): boolean =>
    s === "error" || (failOn === "warning" && s === "warning");
  return result.violations.some((v) => counts(v.severity)) ? 1 : 0;
}

/** How the run ended, in words. */
export function endInWords(reason: EndReason): string {
  switch (reason) {
    case "finished":
      return "the workload has ended";
    case "oops":
      return "an oops in interrupt context ended the run";
    case "deadlock":
      return "deadlock: nothing can go on";
    case "hang":
      return "hang: the workload waits for something that never comes";
    case "run-limit":
      return "the run reached its limit of statements (--max-ticks)";
    case "halted":
      return "the system was halted";
    case "diverged":
      return "the run parted from the recorded schedule";
  }
}
