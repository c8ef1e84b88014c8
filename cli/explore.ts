/** `netdev-lab explore MODEL.ts`: many runs on all cores, findings made small, written as schedules and as a report. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { pairCounts } from "../sim/explore/coverage.ts";
import { isSystematic, STRATEGIES, type StrategyName } from "../sim/explore/searchers.ts";
import { storyText } from "../sim/explore/story.ts";
import { type Finding, fingerprint, planUnits, type Unit, type UnitResult } from "../sim/explore/unit.ts";
import { exitCode } from "../sim/lab/result.ts";
import type { Arguments } from "./arguments.ts";
import type { ExploreJob, FromWorker, ShrunkFinding, ToWorker } from "./explore-worker.ts";
import { htmlReport } from "./html-report.ts";
import { junit } from "./junit.ts";
import type { Given } from "./options.ts";
import { type Order, orderFor } from "./order.ts";
import type { Report } from "./report.ts";
import { failOn, messages, write } from "./run.ts";
import { sarif } from "./sarif.ts";
import { diagnosticText, paintFor, plural, shortPath, summaryText, violationText } from "./text.ts";
import { UserError } from "./user-error.ts";

const DEFAULT_SCHEDULES = 1_000;
const DEFAULT_SECONDS = 60;
const RUNS_PER_UNIT = 250;
const SHRINK_SECONDS = 8;

export interface Exploration {
  readonly strategy: StrategyName;
  readonly schedules: number;
  readonly seconds: number;
  readonly preemptions: number | undefined;
  readonly shard: readonly [index: number, count: number];
  readonly first: boolean;
  /** Where schedules are written; null: nowhere. */
  readonly out: string | null;
}

export interface Explored extends Report {
  readonly coverage: { readonly pairs: number; readonly bothOrders: number };
  readonly strategy: string;
  readonly shard: string | null;
}

/** What one shard hands to `netdev-lab merge`. */
export interface ShardFile {
  readonly kind: "netdev-lab-shard";
  readonly shard: string;
  readonly report: Explored;
  readonly pairs: readonly string[];
}

export async function explore({ positionals, given }: Arguments): Promise<number> {
  const [path, ...more] = positionals;
  if (path === undefined) throw new UserError("explore needs a driver model: netdev-lab explore MODEL.ts");
  if (more.length > 0) throw new UserError("explore takes one model; `netdev-lab check` takes several");
  const order = orderFor(path, given);
  const what = explorationFor(order, given);
  const { report, findings, pairs } = await performExploration(order, what);
  const paint = paintFor(process.stdout);
  write(given.get("sarif")?.at(-1), given.has("sarif") ? sarif([report]) : null);
  write(
    given.get("junit")?.at(-1),
    given.has("junit") ? junit([{ report, failures: messages(report) }]) : null,
  );
  if (what.out !== null && (findings.length > 0 || what.shard[1] > 1)) writeShard(what, report, pairs);
  if (given.has("json")) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printFindings(report, findings, paint);
  return exitCode(report, failOn(given.get("fail-on")?.at(-1)));
}

export function explorationFor(
  order: Order,
  given: Given,
  defaults: { schedules?: number; seconds?: number } = {},
): Exploration {
  const header = new Map(order.header.settings.map((s) => [s.key, s.value ?? "true"]));
  const option = (name: string): string | undefined => given.get(name)?.at(-1) ?? header.get(name);
  const name = option("strategy") ?? "auto";
  const strategy = STRATEGIES.find((s) => s === (name === "fixed" ? "auto" : name));
  if (strategy === undefined)
    throw new UserError(`there is no strategy "${name}"; there are ${STRATEGIES.join(", ")}`);
  const [schedules, seconds] = [option("schedules"), option("time")];
  const preemptions = option("preemptions");
  return {
    strategy,
    schedules:
      schedules !== undefined
        ? Number(schedules)
        : seconds !== undefined
          ? 1e9
          : (defaults.schedules ?? DEFAULT_SCHEDULES),
    seconds:
      seconds !== undefined
        ? Number(seconds)
        : schedules !== undefined
          ? 1e6
          : (defaults.seconds ?? DEFAULT_SECONDS),
    preemptions: preemptions === undefined ? undefined : Number(preemptions),
    shard: shardOf(option("shard")),
    first: option("first") !== undefined,
    out: option("out") ?? "netdev-lab-schedules",
  };
}

function shardOf(text: string | undefined): readonly [number, number] {
  if (text === undefined) return [1, 1];
  const [, i, n] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const [index, count] = [Number(i), Number(n)];
  if (!(index >= 1 && index <= count))
    throw new UserError(`--shard must be I/N with 1 ≤ I ≤ N, not "${text}"`);
  return [index, count];
}

interface Result {
  readonly report: Explored;
  readonly findings: readonly ShrunkFinding[];
  readonly pairs: readonly string[];
}

export async function performExploration(order: Order, what: Exploration): Promise<Result> {
  const started = performance.now();
  const units = unitsOf(order, what);
  const pool = new Pool(order, what, units);
  const { results, findings } = await pool.run();
  const pairs = [...new Set(results.flatMap((r) => r.coverage.pairs))].sort();
  const { config, model, workload } = order.job;
  const sum = (of: (r: UnitResult) => number): number => results.reduce((total, r) => total + of(r), 0);
  const report: Explored = {
    model,
    workload,
    seed: config.seed,
    cpus: config.cpus,
    runs: sum((r) => r.runs),
    ticks: sum((r) => r.ticks),
    virtualTimeNs: sum((r) => r.virtualTimeNs),
    wallSeconds: (performance.now() - started) / 1000,
    historyHash: results.at(-1)?.hash ?? "",
    complete: what.shard[1] === 1 && results.length > 0 && results.every((r) => r.complete),
    violations: findings.map((f) => ({ ...f.report, schedule: writeSchedule(what, order, f, findings) })),
    coverage: pairCounts(pairs),
    strategy: what.strategy,
    shard: what.shard[1] > 1 ? what.shard.join("/") : null,
  };
  if (what.out !== null && findings.length > 0) writeReport(what.out, report, findings);
  return { report, findings, pairs };
}

function unitsOf(order: Order, what: Exploration): Unit[] {
  const [index, count] = what.shard;
  const { strategy, preemptions } = what;
  if (isSystematic(strategy) && count > 1)
    throw new UserError(
      `--strategy ${strategy} goes through its space in order and cannot be sharded; use auto`,
    );
  const schedules = Math.min(what.schedules, 5_000_000);
  const units = planUnits(strategy, {
    seed: order.job.config.seed,
    schedules,
    perUnit: RUNS_PER_UNIT,
    preemptions,
  });
  return units.filter((unit) => unit.index % count === index - 1);
}

/** The workers of one exploration. */
class Pool {
  readonly #order: Order;
  readonly #what: Exploration;
  readonly #units: Unit[];
  readonly #results: UnitResult[] = [];
  readonly #findings = new Map<string, Finding>();
  readonly #shrunk: ShrunkFinding[] = [];
  readonly #running = new Map<number, number>();
  readonly #progress: Progress;
  readonly #deadline: number;
  #toShrink: Finding[] = [];
  #searching = true;

  constructor(order: Order, what: Exploration, units: Unit[]) {
    this.#order = order;
    this.#what = what;
    this.#units = [...units];
    this.#progress = new Progress(shortPath(order.job.model));
    this.#deadline = Date.now() + what.seconds * 1000;
  }

  async run(): Promise<{ results: UnitResult[]; findings: ShrunkFinding[] }> {
    const { strategy } = this.#what;
    const count = isSystematic(strategy)
      ? 1
      : Math.max(1, Math.min(availableParallelism(), this.#units.length));
    const job: ExploreJob = {
      kind: "explore",
      model: this.#order.job.model,
      workload: this.#order.job.workload,
      config: { ...this.#order.job.config, strategy: "random" },
      shrinkSeconds: SHRINK_SECONDS,
    };
    const workers = Array.from(
      { length: count },
      () =>
        new Worker(fileURLToPath(import.meta.url), {
          workerData: { job },
          resourceLimits: { stackSizeMb: 16 },
        }),
    );
    try {
      await Promise.all(workers.map((worker) => this.#serve(worker, (w) => this.#nextUnit(w))));
      this.#searching = false;
      this.#toShrink = [...this.#findings.values()].sort((a, b) => a.report.run - b.report.run);
      this.#progress.show(`${plural(this.#toShrink.length, "finding")}: making them small`);
      await Promise.all(workers.map((worker) => this.#serve(worker, (w) => this.#nextShrink(w))));
    } finally {
      this.#progress.clear();
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    const byRun = (a: ShrunkFinding, b: ShrunkFinding): number => a.report.run - b.report.run;
    return { results: this.#results.sort((a, b) => a.index - b.index), findings: this.#shrunk.sort(byRun) };
  }

  readonly #ready = new Set<Worker>();

  /** Gives a worker one thing after the other until there is none left. */
  #serve(worker: Worker, next: (worker: Worker) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const goOn = (): void => {
        if (next(worker)) return;
        worker.off("message", hear);
        worker.off("error", reject);
        resolve();
      };
      const hear = (message: FromWorker): void => {
        if (message.kind === "progress") {
          this.#running.set(message.unit, message.runs);
          this.#showProgress();
          return;
        }
        const problem = problemIn(message);
        if (problem !== null) {
          reject(problem);
          return;
        }
        if (message.kind === "ready") this.#ready.add(worker);
        if (message.kind === "unit") this.#finished(message.result);
        if (message.kind === "shrunk") this.#shrunk.push(message.finding);
        goOn();
      };
      worker.on("message", hear);
      worker.on("error", reject);
      if (this.#ready.has(worker)) goOn();
    });
  }

  #nextUnit(worker: Worker): boolean {
    const over = Date.now() > this.#deadline || (this.#what.first && this.#findings.size > 0);
    const unit = over ? undefined : this.#units.shift();
    if (unit === undefined) return false;
    const message: ToWorker = { kind: "unit", unit, first: this.#what.first, deadline: this.#deadline };
    worker.postMessage(message);
    return true;
  }

  #nextShrink(worker: Worker): boolean {
    const finding = this.#toShrink.shift();
    if (finding === undefined) return false;
    const message: ToWorker = { kind: "shrink", finding };
    worker.postMessage(message);
    return true;
  }

  #finished(result: UnitResult): void {
    this.#results.push(result);
    this.#running.delete(result.index);
    for (const finding of result.findings) {
      const print = fingerprint(finding.report);
      const known = this.#findings.get(print);
      if (known === undefined || finding.report.run < known.report.run) this.#findings.set(print, finding);
    }
    this.#showProgress();
  }

  #showProgress(): void {
    if (!this.#searching) return;
    let runs = 0;
    for (const { runs: n } of this.#results) runs += n;
    for (const n of this.#running.values()) runs += n;
    this.#progress.show(`${plural(runs, "schedule")}, ${plural(this.#findings.size, "violation")}`);
  }
}

function problemIn(message: FromWorker): Error | null {
  const paint = paintFor(process.stderr);
  if (message.kind === "rejected")
    return new UserError(message.diagnostics.map((d) => diagnosticText(d, paint)).join("\n"));
  return message.kind === "crashed" ? new Error(message.stack) : null;
}

/** One line on a terminal. */
class Progress {
  readonly #label: string;
  #last = 0;

  constructor(label: string) {
    this.#label = label;
  }

  show(text: string): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#last < 100) return;
    this.#last = now;
    process.stderr.write(`\r\x1b[K${this.#label}: ${text}`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
}

function folder(out: string): string {
  const dir = resolve(out);
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new UserError(`cannot make the folder ${out}: ${(error as Error).message}`);
  }
  return dir;
}

function writeSchedule(
  what: Exploration,
  order: Order,
  finding: ShrunkFinding,
  all: readonly ShrunkFinding[],
): string | null {
  if (what.out === null) return null;
  const dir = folder(what.out);
  const base = order.job.model.replace(/^.*\//, "").replace(/\.ts$/, "");
  const same = all.filter((f) => f.report.rule === finding.report.rule);
  const number = same.length > 1 ? `-${same.indexOf(finding) + 1}` : "";
  const shard = what.shard[1] > 1 ? `-shard${what.shard[0]}` : "";
  const file = join(dir, `${base}-${finding.report.rule}${number}${shard}.schedule.json`);
  write(file, scheduleText({ ...finding.schedule, model: relative(dir, order.job.model) }));
  return file;
}

/** JSON with one decision a line. */
function scheduleText({ decisions, ...rest }: ShrunkFinding["schedule"] & { model: string }): string {
  const list = decisions.map((d) => `    ${JSON.stringify(d)}`).join(",\n");
  const head = JSON.stringify(rest, null, 2).replace(/\n\}$/, "");
  return `${head},\n  "decisions": [\n${list}\n  ]\n}\n`;
}

function writeReport(out: string, report: Explored, findings: readonly ShrunkFinding[]): void {
  const sources = new Map<string, string>();
  for (const f of findings)
    for (const step of f.story) for (const p of [step.from, step.to]) if (p !== null) sources.set(p.file, "");
  for (const file of sources.keys()) {
    try {
      sources.set(file, readFileSync(file, "utf8"));
    } catch {
      sources.delete(file);
    }
  }
  const base = report.model.replace(/^.*\//, "").replace(/\.ts$/, "");
  writeFileSync(join(folder(out), `${base}.html`), htmlReport(report, findings, sources));
}

function writeShard(what: Exploration, report: Explored, pairs: readonly string[]): void {
  if (what.out === null || report.shard === null) return;
  const file: ShardFile = { kind: "netdev-lab-shard", shard: report.shard, report, pairs };
  write(
    join(folder(what.out), `shard-${what.shard.join("-of-")}.json`),
    `${JSON.stringify(file, null, 2)}\n`,
  );
}

function printFindings(
  report: Explored,
  findings: readonly ShrunkFinding[],
  paint: ReturnType<typeof paintFor>,
): void {
  const lines: string[] = [];
  for (const [i, violation] of report.violations.entries()) {
    lines.push(violationText(violation, paint), `    found in run ${violation.run}; how it comes to it:`);
    lines.push(storyText(findings[i]!.story, shortPath));
    if (violation.schedule !== null)
      lines.push(`    again: netdev-lab replay ${shortPath(violation.schedule)}`);
  }
  const end = report.complete
    ? `complete: ${plural(report.runs, "schedule")}${report.violations.length === 0 ? ", no violation" : ""}`
    : plural(report.runs, "schedule");
  const { pairs, bothOrders } = report.coverage;
  lines.push(summaryText(report, paint));
  const rate = Math.round(report.runs / Math.max(report.wallSeconds, 0.001));
  lines.push(
    `${end} (${report.strategy}, ${rate} a second); ${bothOrders} of ${plural(pairs, "pair")} of conflicting operations seen in both orders`,
  );
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** The third stage of `netdev-lab check`: a short exploration, unless the header or the command line say otherwise. */
export async function exploreForCheck(order: Order, given: Given): Promise<Explored> {
  const what = explorationFor(order, given, { schedules: 300, seconds: 10 });
  const out = given.has("out") ? what.out : null;
  return (await performExploration(order, { ...what, out })).report;
}
