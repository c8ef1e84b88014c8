/** The result of a run as `--json` prints it; every other output is made from it. */
import type { Place, RelatedPlace, Violation } from "../sim/machine/events.ts";

export interface ReportedPlace {
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly cpu: number;
  readonly tick: number;
}

export interface ReportedViolation {
  readonly rule: string;
  readonly severity: "error" | "warning" | "advice";
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly cpu: number;
  readonly context: string;
  readonly tick: number;
  readonly related: readonly ReportedPlace[];
  readonly alsoRules: readonly string[];
  /** Path of the saved schedule; null as long as nothing is saved. */
  readonly schedule: string | null;
  /** Number of the run, from 1. */
  readonly run: number;
}

export interface Report {
  readonly model: string;
  readonly workload: string;
  readonly seed: number;
  readonly cpus: number;
  readonly runs: number;
  readonly ticks: number;
  readonly virtualTimeNs: number;
  readonly wallSeconds: number;
  readonly historyHash: string;
  /** True when exploration has exhausted the space of schedules. */
  readonly complete: boolean;
  readonly violations: readonly ReportedViolation[];
}

export function reportedViolation(violation: Violation, run: number): ReportedViolation {
  return {
    rule: violation.rule,
    severity: violation.severity,
    message: violation.message,
    ...position(violation.place),
    cpu: violation.cpu,
    context: violation.context,
    tick: violation.tick,
    related: violation.related.map(reportedPlace),
    alsoRules: [...violation.alsoRules],
    schedule: null,
    run,
  };
}

function reportedPlace({ message, place, cpu, tick }: RelatedPlace): ReportedPlace {
  return { message, ...position(place), cpu, tick };
}

function position(place: Place | null): { file: string | null; line: number | null; column: number | null } {
  return { file: place?.file ?? null, line: place?.line ?? null, column: place?.column ?? null };
}

/** Does a report make the exit code 1? */
export function fails(report: Report, failOn: "error" | "warning"): boolean {
  return report.violations.some(
    (v) => v.severity === "error" || (failOn === "warning" && v.severity === "warning"),
  );
}
