/** What was found in a model against what its header expects. */
import type { Expectation } from "../../sim/lab/header.ts";
import { exitCode } from "../../sim/lab/result.ts";
import type { Report, ViolationReport } from "../report.ts";
import { messages } from "../run.ts";

export interface Judged {
  readonly report: Report;
  readonly expect: Expectation | null;
  /** What is not as it should be; empty: all is. */
  readonly failures: readonly string[];
  readonly unexpected: readonly ViolationReport[];
}

export const ids = (v: ViolationReport): readonly string[] => [v.rule, ...v.alsoRules];

/** Compares what was found with what the model's header expects; without `@expect`, errors fail. */
export function judge(report: Report, expect: Expectation | null, level: "error" | "warning"): Judged {
  if (expect === null) {
    const failed = exitCode(report, level) !== 0;
    return { report, expect, failures: failed ? messages(report, level) : [], unexpected: [] };
  }
  const found = new Set(report.violations.flatMap(ids));
  const allowed = [...expect.rules, ...expect.optional];
  const missing = expect.rules.filter((id) => !found.has(id));
  const unexpected = report.violations.filter(
    (v) => v.severity !== "advice" && !ids(v).some((id) => allowed.includes(id)),
  );
  const failures = [
    ...missing.map((id) => `${report.model}:${expect.line}:1: expected ${id}, which was not found`),
    ...unexpected.map((v) => `${v.file}:${v.line}:${v.column}: unexpected: ${v.message} [${v.rule}]`),
  ];
  return { report, expect, failures, unexpected };
}
