/** The table that `check` prints: one line for each model and rule, and what found it. */
import { plural, shortPath } from "../text.ts";
import type { Checked } from "./command.ts";
import { ids } from "./judge.ts";
import { foundBy, type Stage } from "./stages.ts";

export interface Row {
  readonly ok: boolean;
  readonly model: string;
  readonly rule: string;
  readonly foundBy: string;
  readonly expected: string;
}

const HEAD = { model: "model", rule: "rule", foundBy: "found by", expected: "expected" };

/** The lines of the table, the heading first; empty without rows. */
export function tableText(rows: readonly Row[]): { ok: boolean; text: string }[] {
  const width = (of: (row: Omit<Row, "ok">) => string): number =>
    Math.max(...[HEAD, ...rows].map((row) => of(row).length));
  const [model, rule, found] = [width((r) => r.model), width((r) => r.rule), width((r) => r.foundBy)];
  const line = (r: Omit<Row, "ok">): string =>
    `${r.model.padEnd(model)}  ${r.rule.padEnd(rule)}  ${r.foundBy.padEnd(found)}  ${r.expected}`;
  return [{ ok: true, text: line(HEAD) }, ...rows.map((row) => ({ ok: row.ok, text: line(row) }))];
}

/** One row for each rule that was expected or found; one for a model in which there is nothing. */
export function rowsOf({ report, expect, stages, failures }: Checked): Row[] {
  const model = shortPath(report.model);
  const wanted = expect?.rules ?? [];
  const rows: Row[] = wanted.map((rule) => {
    const stage = foundBy(rule, stages);
    return { ok: stage !== null, model, rule, foundBy: by(stage, stages), expected: "yes" };
  });
  for (const violation of report.violations) {
    const { rule, severity } = violation;
    const [known, allowed] = [ids(violation).some((id) => wanted.includes(id)), isAllowed(violation, expect)];
    if (severity === "advice" || known || rows.some((row) => row.rule === rule)) continue;
    const ok = allowed || (expect === null && failures.length === 0);
    const expected = allowed ? "may be" : expect === null ? "not said" : "no";
    rows.push({ ok, model, rule, foundBy: by(foundBy(rule, stages), stages), expected });
  }
  if (rows.length > 0) return rows;
  const expected = expect === null ? "not said" : "yes";
  return [{ ok: true, model, rule: "(silent)", foundBy: by(null, stages), expected }];
}

function isAllowed(violation: Parameters<typeof ids>[0], expect: Checked["expect"]): boolean {
  return expect?.optional.some((id) => ids(violation).includes(id)) ?? false;
}

function by(stage: Stage | null, stages: readonly Stage[]): string {
  if (stage === null) {
    const { runs } = stages.at(-1)!.report;
    return stages.at(-1)!.name === "explore" ? `nothing, ${plural(runs, "schedule")}` : "nothing";
  }
  if (stage.name !== "explore") return stage.name === "lint" ? "lint" : "one run";
  return `exploration, ${plural(stage.report.runs, "schedule")}`;
}
