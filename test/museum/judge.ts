import type { Expectation } from "../../sim/lab/header.ts";
import type { Violation } from "../../sim/machine/events.ts";

const ids = (v: Violation): readonly string[] => [v.rule, ...v.alsoRules];

const line = (v: Violation): string =>
  `${v.place?.file.split("/").at(-1)}:${v.place?.line}: ${v.message} [${ids(v).join(", ")}]`;

/** What a run found against what a header expects. Without an expectation errors and warnings are unexpected. */
export function judgeRun(
  violations: readonly Violation[],
  expected: Expectation | null,
): { missing: string[]; unexpected: string[] } {
  const found = new Set(violations.flatMap(ids));
  const allowed = new Set([...(expected?.rules ?? []), ...(expected?.optional ?? [])]);
  return {
    missing: (expected?.rules ?? []).filter((id) => !found.has(id)),
    unexpected: violations
      .filter((v) => v.severity !== "advice" && !ids(v).some((id) => allowed.has(id)))
      .map(line),
  };
}
