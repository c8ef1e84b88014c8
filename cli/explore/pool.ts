/**
 * The worker threads of one exploration: gives them units, collects what they find, stops them when the time is over,
 * when enough is found or when the user has had enough, and lets them make the findings small.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { isSystematic } from "../../sim/explore/searchers.ts";
import { type Finding, fingerprint, type Unit, type UnitResult } from "../../sim/explore/unit.ts";
import type { ViolationReport } from "../../sim/lab/result.ts";
import type { Order } from "../order.ts";
import { Progress } from "../progress.ts";
import { diagnosticText, paintFor, plural, shortPath } from "../text.ts";
import { UserError } from "../user-error.ts";
import type { Exploration } from "./settings.ts";
import type { Done } from "./state.ts";
import type { ExploreJob, FromWorker, ShrunkFinding, ToWorker } from "./worker.ts";

/** What making one finding small may take. */
const SHRINK_MS = 8_000;
/** After an interruption the user waits for the end. */
const HURRIED_SHRINK_MS = 1_000;
/** The part of the time that is kept for making findings small, and for the end. */
const SHRINK_SHARE = 0.1;
const END_SHARE = 0.03;

/** What one worker may fill. */
const HEAP_MB = 1_536;

/** Pause between two times that the state is kept. */
const KEEP_MS = 5_000;

export interface PoolResult {
  readonly done: Done;
  /** Every unit has come to its end. */
  readonly finished: boolean;
  readonly findings: readonly ShrunkFinding[];
}

export interface PoolOptions {
  readonly order: Order;
  readonly what: Exploration;
  readonly units: readonly Unit[];
  /** When the exploration began, by `performance.now()`: its seconds count from there. */
  readonly started: number;
  /** What an earlier exploration has done; its units are not done again. */
  readonly before: Done;
  /** Hash of the program then. */
  readonly programBefore: string | null;
  /** Told now and then what has been done. */
  readonly keep: (program: string, done: Done) => void;
}

const isWhole = ({ runs, complete }: { runs: number; complete: boolean }, unit: Unit): boolean =>
  complete || runs === unit.runs;

export class Pool {
  readonly #order: Order;
  readonly #what: Exploration;
  readonly #units: Unit[];
  readonly #results: UnitResult[] = [];
  readonly #before: Done;
  readonly #keep: (program: string, done: Done) => void;
  readonly #programBefore: string | null;
  #program = "";
  #kept = Number.NEGATIVE_INFINITY;
  readonly #findings = new Map<string, Finding>();
  readonly #shrunk: ShrunkFinding[] = [];
  readonly #running = new Map<number, number>();
  readonly #ready = new Set<Worker>();
  readonly #progress: Progress;
  readonly #deadline: number;
  /** Not zero: workers stop searching. */
  readonly #stop = new Int32Array(new SharedArrayBuffer(4));
  #timer: NodeJS.Timeout | undefined;
  #toShrink: Finding[] = [];
  #searching = true;
  #interrupted = false;

  constructor({ order, what, units, started, before, programBefore, keep }: PoolOptions) {
    this.#order = order;
    this.#what = what;
    this.#units = units.filter(
      (unit) => !before.units.some((u) => u.index === unit.index && isWhole(u, unit)),
    );
    this.#before = before;
    this.#programBefore = programBefore;
    this.#keep = keep;
    for (const finding of before.findings) this.#findings.set(fingerprint(finding.report), finding);
    this.#progress = new Progress(shortPath(order.job.model));
    this.#deadline = started + what.seconds * 1000 * (1 - END_SHARE);
  }

  /** Ends the search; what was found so far is the result. */
  interrupt(): void {
    this.#interrupted = true;
    this.#stopSearch();
  }

  get interrupted(): boolean {
    return this.#interrupted;
  }

  async run(): Promise<PoolResult> {
    const workers = Array.from({ length: this.#workerCount() }, () => this.#newWorker());
    this.#stopInTime();
    try {
      await Promise.all(workers.map((worker) => this.#serve(worker, (w) => this.#nextUnit(w))));
      this.#searching = false;
      if (this.#what.out !== null) await this.#makeSmall(workers);
    } finally {
      clearTimeout(this.#timer);
      this.#progress.clear();
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
    const byRun = (a: ShrunkFinding, b: ShrunkFinding): number => a.report.run - b.report.run;
    const finished = this.#units.length === 0 && this.#results.every((r) => !r.stopped);
    if (!finished) this.#keepState();
    return { done: this.#done(() => true), finished, findings: this.#shrunk.sort(byRun) };
  }

  /** All that was done, before and now. */
  #done(counts: (result: UnitResult) => boolean): Done {
    const units = [...this.#before.units, ...this.#results.filter(counts)]
      .map(({ findings: _, coverage: __, ...unit }: Partial<UnitResult>) => unit as Done["units"][number])
      .sort((a, b) => a.index - b.index);
    const pairs = new Set(this.#before.pairs);
    for (const { coverage } of this.#results) for (const pair of coverage.pairs) pairs.add(pair);
    return { units, findings: this.#inOrder(), pairs: [...pairs].sort() };
  }

  /** A unit that was stopped is done again when the exploration is resumed. */
  #keepState(): void {
    this.#kept = performance.now();
    this.#keep(
      this.#program,
      this.#done((result) => !result.stopped),
    );
  }

  /** All that was found, by the run that showed it first. */
  get found(): ViolationReport[] {
    return this.#inOrder().map((finding) => finding.report);
  }

  #inOrder(): Finding[] {
    return [...this.#findings.values()].sort((a, b) => a.report.run - b.report.run);
  }

  #workerCount(): number {
    if (isSystematic(this.#what.strategy)) return 1;
    return Math.max(1, Math.min(availableParallelism(), this.#units.length));
  }

  #newWorker(): Worker {
    const { model, workload, config } = this.#order.job;
    const job: ExploreJob = {
      kind: "explore",
      model,
      workload,
      config: { ...config, strategy: "random" },
      stop: this.#stop.buffer as SharedArrayBuffer,
    };
    return new Worker(fileURLToPath(import.meta.url), {
      workerData: { job },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, stackSizeMb: 16 },
    });
  }

  #stopSearch(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  /** What was found takes some of the time to be made small. */
  #stopInTime(): void {
    clearTimeout(this.#timer);
    const { seconds, out } = this.#what;
    const kept =
      out === null || this.#findings.size === 0 ? 0 : Math.min(seconds * 1000 * SHRINK_SHARE, SHRINK_MS);
    const left = this.#deadline - kept - performance.now();
    if (left <= 0) this.#stopSearch();
    // a timer holds 31 bits
    else this.#timer = setTimeout(() => this.#stopInTime(), Math.min(left, 2 ** 31 - 1));
  }

  async #makeSmall(workers: readonly Worker[]): Promise<void> {
    this.#toShrink = this.#inOrder();
    this.#progress.show(`${plural(this.#toShrink.length, "finding")}: making them small`);
    await Promise.all(
      workers.map((worker) => this.#serve(worker, (w) => this.#nextShrink(w, workers.length))),
    );
  }

  /** Gives a worker one thing after the other until there is none left. */
  #serve(worker: Worker, next: (worker: Worker) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const goOn = (): void => {
        if (next(worker)) return;
        worker.off("message", hear);
        worker.off("error", broken);
        resolve();
      };
      const hear = (message: FromWorker): void => {
        try {
          if (this.#hear(worker, message)) goOn();
        } catch (problem) {
          reject(problem);
        }
      };
      const broken = (error: Error & { code?: string }): void =>
        reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? this.#outOfMemory() : error);
      worker.on("message", hear);
      worker.on("error", broken);
      if (this.#ready.has(worker)) goOn();
    });
  }

  #outOfMemory(): UserError {
    const model = shortPath(this.#order.job.model);
    return new UserError(
      `${model} fills the memory in some schedule; \`netdev-lab run ${model}\` may show where`,
    );
  }

  /** True if the worker has nothing to do now. */
  #hear(worker: Worker, message: FromWorker): boolean {
    switch (message.kind) {
      case "rejected": {
        const paint = paintFor(process.stderr);
        throw new UserError(message.diagnostics.map((d) => diagnosticText(d, paint)).join("\n"));
      }
      case "refused":
        throw new UserError(message.reason);
      case "crashed":
        throw new Error(message.stack);
      case "ready":
        this.#ready.add(worker);
        this.#program = message.program;
        if (this.#programBefore !== null && this.#programBefore !== message.program)
          throw new UserError(
            `${shortPath(this.#order.job.model)} has changed since it was explored: start without --resume`,
          );
        return true;
      case "progress":
        this.#running.set(message.unit, message.runs);
        this.#showProgress();
        return false;
      case "found":
        this.#found(message.finding);
        return false;
      case "unit":
        this.#results.push(message.result);
        this.#running.delete(message.result.index);
        if (performance.now() - this.#kept > KEEP_MS && this.#units.length > 0) this.#keepState();
        this.#showProgress();
        return true;
      case "shrunk":
        this.#shrunk.push(message.finding);
        return true;
    }
  }

  #nextUnit(worker: Worker): boolean {
    const unit = Atomics.load(this.#stop, 0) !== 0 ? undefined : this.#units.shift();
    if (unit === undefined) return false;
    worker.postMessage({ kind: "unit", unit } satisfies ToWorker);
    return true;
  }

  #nextShrink(worker: Worker, workers: number): boolean {
    const finding = this.#toShrink.shift();
    if (finding === undefined) return false;
    const left = this.#deadline - performance.now();
    const share = left / Math.ceil((this.#toShrink.length + 1) / workers);
    const most = this.#interrupted ? HURRIED_SHRINK_MS : SHRINK_MS;
    worker.postMessage({
      kind: "shrink",
      finding,
      ms: Math.min(most, Math.max(0, share)),
    } satisfies ToWorker);
    return true;
  }

  #found(finding: Finding): void {
    const print = fingerprint(finding.report);
    const known = this.#findings.get(print);
    if (known !== undefined && known.report.run <= finding.report.run) return;
    this.#findings.set(print, finding);
    if (this.#what.enough(this.found)) this.#stopSearch();
    else this.#stopInTime();
    this.#showProgress();
  }

  #showProgress(): void {
    if (!this.#searching) return;
    let runs = 0;
    for (const { runs: n } of [...this.#before.units, ...this.#results]) runs += n;
    for (const n of this.#running.values()) runs += n;
    this.#progress.show(`${plural(runs, "schedule")}, ${plural(this.#findings.size, "violation")}`);
  }
}
