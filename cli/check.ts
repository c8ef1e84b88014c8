/**
 * `netdev-lab check PATH…`: every model found, under its own header, judged by its `@expect`. Each goes through stages,
 * from cheap to dear: static rules, one run, exploration. What any stage finds counts.
 */
import type { Expectation } from "../sim/lab/header.ts";
import { exitCode } from "../sim/lab/result.ts";
import type { Arguments } from "./arguments.ts";
import { junit } from "./junit.ts";
import { lintModel } from "./lint.ts";
import { modelsIn } from "./models.ts";
import type { Given } from "./options.ts";
import { fulfil, type Order, orderFor, terminalProgress } from "./order.ts";
import type { Report, ViolationReport } from "./report.ts";
import { failOn, messages, write } from "./run.ts";
import { sarif } from "./sarif.ts";
import { type Paint, paintFor, plural, shortPath, violationText } from "./text.ts";
import { EXIT, UserError } from "./user-error.ts";

type StageName = "lint" | "run";

interface Stage {
  readonly name: StageName;
  readonly report: Report;
}

interface Judged {
  readonly report: Report;
  readonly expect: Expectation | null;
  /** What is not as it should be; empty: all is. */
  readonly failures: readonly string[];
  readonly unexpected: readonly ViolationReport[];
}

interface Checked extends Judged {
  readonly stages: readonly Stage[];
}

/** A model that cannot be judged: it does not compile, its header is wrong … */
interface Rejected {
  readonly model: string;
  readonly problem: string;
}

export async function check({ positionals, given }: Arguments): Promise<number> {
  if (positionals.length === 0) throw new UserError("check needs a file or folder: netdev-lab check PATH…");
  const models = positionals.flatMap(modelsIn);
  if (models.length === 0)
    throw new UserError(
      `there is no driver model (a .ts file that calls module_init) in ${positionals.join(", ")}`,
    );
  const results: Checked[] = [];
  const rejected: Rejected[] = [];
  for (const model of models) {
    try {
      results.push(await checkOne(model, given));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      rejected.push({ model, problem: error.message });
    }
  }
  output(results, rejected, given);
  if (rejected.length > 0) throw new UserError(rejected.map((r) => r.problem).join("\n"));
  return results.some((r) => r.failures.length > 0) ? EXIT.violations : EXIT.clean;
}

async function checkOne(model: string, given: Given): Promise<Checked> {
  const order = orderFor(model, given);
  const stages: Stage[] = [
    { name: "lint", report: lintModel(model, given.has("advice")) },
    { name: "run", report: await run(order) },
  ];
  const level = failOn(given.get("fail-on")?.at(-1));
  return { ...judge(together(stages), order.header.expect, level), stages };
}

async function run(order: Order): Promise<Report> {
  const progress = terminalProgress(shortPath(order.job.model));
  return (await fulfil(order, progress.show).finally(progress.clear)).report;
}

/** One report of all stages: a violation is listed once per rule and place, by the last stage that found it. */
function together(stages: readonly Stage[]): Report {
  const violations = new Map<string, ViolationReport>();
  for (const { report } of stages)
    for (const v of report.violations) violations.set(`${v.rule} ${v.file}:${v.line}`, v);
  const last = stages.at(-1)!.report;
  const wallSeconds = stages.reduce((sum, stage) => sum + stage.report.wallSeconds, 0);
  return { ...last, wallSeconds, violations: [...violations.values()] };
}

const ids = (v: ViolationReport): readonly string[] => [v.rule, ...v.alsoRules];

/** Compares what was found with what the model's header expects; without `@expect`, errors fail. */
export function judge(report: Report, expect: Expectation | null, level: "error" | "warning"): Judged {
  if (expect === null) {
    return {
      report,
      expect,
      failures: exitCode(report, level) === 0 ? [] : messages(report),
      unexpected: [],
    };
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

function output(results: readonly Checked[], rejected: readonly Rejected[], given: Given): void {
  write(given.get("sarif")?.at(-1), given.has("sarif") ? sarif(results.map((r) => r.report)) : null);
  write(given.get("junit")?.at(-1), given.has("junit") ? junit(results) : null);
  if (given.has("json")) {
    const models = results.map((result) => ({
      ...result.report,
      expect: result.expect,
      failures: result.failures,
      foundBy: Object.fromEntries(expected(result).map((id) => [id, foundBy(id, result.stages)])),
      ok: result.failures.length === 0,
    }));
    process.stdout.write(`${JSON.stringify({ models, rejected }, null, 2)}\n`);
    return;
  }
  const paint = paintFor(process.stdout);
  for (const result of results) printResult(result, paint);
  for (const { model } of rejected)
    console.log(`${paint("red", "????")} ${shortPath(model)} cannot be judged`);
  const bad = results.filter((r) => r.failures.length > 0).length + rejected.length;
  console.log(`${plural(results.length + rejected.length, "model")}, ${bad} not as expected`);
}

function printResult(result: Checked, paint: Paint): void {
  const { report, failures, unexpected } = result;
  const verdict = failures.length === 0 ? paint("green", "ok  ") : paint("red", "FAIL");
  console.log(
    `${verdict} ${shortPath(report.model)} (workload ${shortPath(report.workload)}; ${describe(result)})`,
  );
  if (unexpected.length > 0) for (const v of unexpected) console.log(violationText(v, paint));
  else for (const failure of failures) console.log(failure);
}

const expected = ({ expect }: Checked): readonly string[] => expect?.rules ?? [];

/** Which stage was the first to find a rule broken: what it costs to find this bug. */
function foundBy(id: string, stages: readonly Stage[]): StageName | null {
  return stages.find(({ report }) => report.violations.some((v) => ids(v).includes(id)))?.name ?? null;
}

function describe(result: Checked): string {
  const { report, expect, stages } = result;
  if (expect === null) return report.violations.map((v) => v.rule).join(", ") || "nothing found";
  if (expect.rules.length === 0) {
    const seen = report.violations.filter((v) => v.severity !== "advice");
    return `expects none; ${seen.length === 0 ? "silent" : `found: ${seen.map((v) => v.rule).join(", ")}`}`;
  }
  const told = expect.rules.map((id) => {
    const stage = foundBy(id, stages);
    return stage === null ? `${id} not found` : `${id} found by ${stage}`;
  });
  return `expects ${told.join(", ")}`;
}
