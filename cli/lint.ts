/** `netdev-lab lint FILE…`: the rules that can be decided without running a model. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { analyse, type StaticFinding } from "../sim/analysis/index.ts";
import type { Arguments } from "./arguments.ts";
import { userFiles } from "./files.ts";
import { junit } from "./junit.ts";
import { modelsIn } from "./models.ts";
import type { Given } from "./options.ts";
import type { Report, ViolationReport } from "./report.ts";
import { failOn, messages, write } from "./run.ts";
import { sarif } from "./sarif.ts";
import { type Paint, paintFor, plural, shortPath } from "./text.ts";
import { EXIT, UserError } from "./user-error.ts";

export function lint({ positionals, given }: Arguments): number {
  if (positionals.length === 0) throw new UserError("lint needs a driver model: netdev-lab lint FILE.ts…");
  const models = positionals.flatMap((path) => modelsIn(path));
  if (models.length === 0)
    throw new UserError(
      `there is no driver model (a .ts file that calls module_init) in ${positionals.join(", ")}`,
    );
  const reports = models.map((model) => lintModel(model, given.has("advice")));
  output(reports, given);
  const bad = failOn(given.get("fail-on")?.at(-1)) === "warning" ? ["error", "warning"] : ["error"];
  return reports.some((r) => r.violations.some((v) => bad.includes(v.severity)))
    ? EXIT.violations
    : EXIT.clean;
}

/** Analyses one model; the first stage of `check`. Its report has the shape of a run's, with no run in it. */
export function lintModel(path: string, advice = false): Report {
  const model = resolve(path);
  if (!existsSync(model)) throw new UserError(`there is no file ${path}`);
  if (!/\.[cm]?ts$/.test(model))
    throw new UserError(`${path} is no TypeScript file: a driver model ends in .ts`);
  const started = performance.now();
  const result = analyse(userFiles, model);
  if (result === null) throw new UserError(`there is no file ${path}`);
  const [problem] = result.problems;
  if (problem)
    throw new UserError(`${shortPath(problem.file)}:${problem.line}:${problem.column}: ${problem.message}`);
  return {
    model,
    workload: "",
    seed: 0,
    cpus: 0,
    runs: 0,
    ticks: 0,
    virtualTimeNs: 0,
    historyHash: "",
    complete: false,
    wallSeconds: (performance.now() - started) / 1000,
    violations: result.findings.filter((f) => advice || f.severity !== "advice").map(violation),
  };
}

function violation(f: StaticFinding): ViolationReport {
  return {
    rule: f.rule,
    severity: f.severity,
    message: f.message,
    file: f.file,
    line: f.line,
    column: f.column,
    cpu: 0,
    context: f.context,
    tick: 0,
    related: f.related.map(({ message, file, line, column }) => ({
      message,
      file,
      line,
      column,
      cpu: 0,
      tick: 0,
    })),
    alsoRules: f.alsoRules,
    schedule: null,
    run: 0,
  };
}

function output(reports: readonly Report[], given: Given): void {
  write(given.get("sarif")?.at(-1), given.has("sarif") ? sarif(reports) : null);
  write(
    given.get("junit")?.at(-1),
    given.has("junit") ? junit(reports.map((report) => ({ report, failures: messages(report) }))) : null,
  );
  if (given.has("json")) {
    const value = reports.length === 1 ? reports[0] : { models: reports };
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    return;
  }
  const paint = paintFor(process.stdout);
  for (const report of reports) for (const v of report.violations) console.log(text(v, paint));
  const count = (severity: string): number =>
    reports.reduce((n, r) => n + r.violations.filter((v) => v.severity === severity).length, 0);
  console.log(
    `${plural(reports.length, "model")}: ${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}`,
  );
}

const STYLE = { error: "red", warning: "yellow", advice: "blue" } as const;

function text(v: ViolationReport, paint: Paint): string {
  const place = (p: { file: string; line: number; column: number }): string =>
    `${shortPath(p.file)}:${p.line}:${p.column}:`;
  const also = v.alsoRules.length > 0 ? `, also ${v.alsoRules.join(", ")}` : "";
  const head = `${paint("bold", place(v))} ${paint(STYLE[v.severity], `${v.severity}:`)} ${v.message} [${v.rule}${also}]`;
  return [head, ...v.related.map((r) => `${place(r)} ${paint("blue", "note:")} ${r.message}`)].join("\n");
}
