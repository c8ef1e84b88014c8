/** `netdev-lab check PATH…`: every model found, under its own header, judged by its `@expect`. */
import type { Expectation } from "../sim/lab/header.ts";
import { exitCode } from "../sim/lab/result.ts";
import type { Arguments } from "./arguments.ts";
import { junit } from "./junit.ts";
import { modelsIn } from "./models.ts";
import type { Given } from "./options.ts";
import { fulfil, orderFor, terminalProgress } from "./order.ts";
import type { Report, ViolationReport } from "./report.ts";
import { failOn, messages, write } from "./run.ts";
import { sarif } from "./sarif.ts";
import { paintFor, plural, shortPath, violationText } from "./text.ts";
import { EXIT, UserError } from "./user-error.ts";

interface Checked {
  readonly report: Report;
  readonly expect: Expectation | null;
  /** What is not as it should be; empty: all is. */
  readonly failures: readonly string[];
  readonly unexpected: readonly ViolationReport[];
}

export async function check({ positionals, given }: Arguments): Promise<number> {
  if (positionals.length === 0) throw new UserError("check needs a file or folder: netdev-lab check PATH…");
  const models = positionals.flatMap(modelsIn);
  if (models.length === 0)
    throw new UserError(
      `there is no driver model (a .ts file that calls module_init) in ${positionals.join(", ")}`,
    );
  process.stderr.write(
    "note: this version judges a model by one run; lint and exploration are not part of it yet\n",
  );
  const results: Checked[] = [];
  for (const model of models) results.push(await checkOne(model, given));
  output(results, given);
  return results.some((r) => r.failures.length > 0) ? EXIT.violations : EXIT.clean;
}

async function checkOne(model: string, given: Given): Promise<Checked> {
  const order = orderFor(model, given);
  const progress = terminalProgress(shortPath(order.job.model));
  const { report } = await fulfil(order, progress.show).finally(progress.clear);
  return judge(report, order.header.expect, failOn(given.get("fail-on")?.at(-1)));
}

/** Compares what was found with what the model's header expects; without `@expect`, errors fail. */
export function judge(report: Report, expect: Expectation | null, level: "error" | "warning"): Checked {
  if (expect === null) {
    return {
      report,
      expect,
      failures: exitCode(report, level) === 0 ? [] : messages(report),
      unexpected: [],
    };
  }
  const ids = (v: ViolationReport): string[] => [v.rule, ...v.alsoRules];
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

function output(results: readonly Checked[], given: Given): void {
  write(given.get("sarif")?.at(-1), given.has("sarif") ? sarif(results.map((r) => r.report)) : null);
  write(given.get("junit")?.at(-1), given.has("junit") ? junit(results) : null);
  if (given.has("json")) {
    const models = results.map(({ report, expect, failures }) => ({
      ...report,
      expect,
      failures,
      ok: failures.length === 0,
    }));
    process.stdout.write(`${JSON.stringify({ models }, null, 2)}\n`);
    return;
  }
  const paint = paintFor(process.stdout);
  for (const result of results) {
    const { report, failures, unexpected } = result;
    const verdict = failures.length === 0 ? paint("green", "ok  ") : paint("red", "FAIL");
    console.log(
      `${verdict} ${shortPath(report.model)} (workload ${shortPath(report.workload)}; ${describe(result)})`,
    );
    if (unexpected.length > 0) for (const v of unexpected) console.log(violationText(v, paint));
    else for (const failure of failures) console.log(failure);
  }
  const bad = results.filter((r) => r.failures.length > 0).length;
  console.log(`${plural(results.length, "model")}, ${bad} not as expected`);
}

function describe({ report, expect }: Checked): string {
  const found = report.violations.map((v) => v.rule).join(", ") || "nothing found";
  if (expect === null) return found;
  return `expects ${expect.rules.join(", ") || "none"}; found: ${found}`;
}
