/** The stages that `check` takes a model through, from cheap to dear: static rules, one run, exploration. */
import type { Expectation } from "../../sim/lab/header.ts";
import { RULES } from "../../sim/rules/catalogue.ts";
import { performExploration } from "../explore/perform.ts";
import { explorationForCheck } from "../explore/settings.ts";
import { lintModel } from "../lint.ts";
import type { Given } from "../options.ts";
import { fulfil, type Order, orderFor, terminalProgress } from "../order.ts";
import type { Report, ViolationReport } from "../report.ts";
import { shortPath } from "../text.ts";
import { ids } from "./judge.ts";

export type StageName = "lint" | "run" | "explore";

export interface Stage {
  readonly name: StageName;
  readonly report: Report;
}

/** A model that should be silent is tried for so long; one whose bug is still to be found has more. */
const SILENT = { schedules: 300, seconds: 10 };
const SEARCH = { schedules: 1e9, seconds: 55 };

/** Takes one model through the stages; exploration only where the earlier ones leave a question. */
export async function stagesOf(model: string, given: Given): Promise<{ order: Order; stages: Stage[] }> {
  const order = watchful(orderFor(model, given));
  const { expect } = order.header;
  const stages: Stage[] = [
    { name: "lint", report: lintModel(model, given.has("advice")) },
    { name: "run", report: await run(order) },
  ];
  const missing = missingIn(stages, expect);
  const cutOff = stages[1]!.report.violations.some((v) => v.rule === "run-limit");
  const found = expect !== null && expect.rules.length > 0 && missing.length === 0;
  // a run that never ends says enough; many of them would say no more
  const answered = found || (cutOff && missing.length === 0);
  if (!answered) stages.push({ name: "explore", report: await explored(order, given, missing) });
  return { order, stages };
}

/** Races are looked for where the header expects them, whatever it says otherwise. */
function watchful(order: Order): Order {
  const { expect } = order.header;
  if (expect === null || ![...expect.rules, ...expect.optional].some((id) => RACES.has(id))) return order;
  return { ...order, job: { ...order.job, config: { ...order.job.config, races: true } } };
}

/** Rules that only those see who look for races. */
const RACES: ReadonlySet<string> = new Set(
  RULES.filter((r) => r.id === "lock-data-race" || r.specialises?.includes("lock-data-race")).map(
    (r) => r.id,
  ),
);

async function run(order: Order): Promise<Report> {
  const progress = terminalProgress(shortPath(order.job.model));
  return (await fulfil(order, progress.show).finally(progress.clear)).report;
}

async function explored(order: Order, given: Given, missing: readonly string[]): Promise<Report> {
  const what = explorationForCheck(order, given, missing.length > 0 ? SEARCH : SILENT);
  const enough = (found: readonly ViolationReport[]): boolean => {
    const seen = new Set(found.flatMap(ids));
    return missing.length > 0 && missing.every((id) => seen.has(id));
  };
  return (
    await performExploration(order, { ...what, enough: (found) => what.enough(found) || enough(found) })
  ).report;
}

function missingIn(stages: readonly Stage[], expect: Expectation | null): string[] {
  const found = new Set(stages.flatMap(({ report }) => report.violations.flatMap(ids)));
  return (expect?.rules ?? []).filter((id) => !found.has(id));
}

/** One report of all stages: a violation is listed once per rule and place, by the last stage that found it. */
export function together(stages: readonly Stage[]): Report {
  const violations = new Map<string, ViolationReport>();
  for (const { report } of stages)
    for (const v of report.violations) violations.set(`${v.rule} ${v.file}:${v.line}`, v);
  const sum = (of: (r: Report) => number): number => stages.reduce((total, s) => total + of(s.report), 0);
  return {
    ...stages.at(-1)!.report,
    runs: sum((r) => r.runs),
    ticks: sum((r) => r.ticks),
    virtualTimeNs: sum((r) => r.virtualTimeNs),
    wallSeconds: sum((r) => r.wallSeconds),
    violations: [...violations.values()],
  };
}

/** Which stage was the first to find a rule broken: what it costs to find this bug. */
export function foundBy(id: string, stages: readonly Stage[]): Stage | null {
  return stages.find(({ report }) => report.violations.some((v) => ids(v).includes(id))) ?? null;
}
