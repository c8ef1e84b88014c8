/** The worker threads of an exploration: compile once, then perform units, and shrink what was found. */
import type { MessagePort } from "node:worker_threads";
import { expectShortLives } from "../../host/shortLives.ts";
import { marksOf } from "../../sim/explore/marks.ts";
import { Runner } from "../../sim/explore/runner.ts";
import { programHash, SCHEDULE_FORMAT, type ScheduleFile } from "../../sim/explore/schedule-file.ts";
import { shrink } from "../../sim/explore/shrink.ts";
import { type Step, tellStory } from "../../sim/explore/story.ts";
import { type Finding, Refused, type Unit, type UnitResult, UnitWorker } from "../../sim/explore/unit.ts";
import type { InstrumentDiagnostic } from "../../sim/instrument/monitor.ts";
import type { LabConfig } from "../../sim/lab/config.ts";
import { type Program, prepare } from "../../sim/lab/program.ts";
import type { ViolationReport } from "../../sim/lab/result.ts";
import { violationReport } from "../../sim/lab/result.ts";
import { userFiles } from "../files.ts";
import { readImage } from "../perform.ts";
import { refusedText } from "../text.ts";

export interface ExploreJob {
  readonly kind: "explore";
  readonly model: string;
  readonly workload: string;
  readonly config: LabConfig;
  /** One Int32; not zero: the search is over. */
  readonly stop: SharedArrayBuffer;
}

export type ToWorker =
  | { readonly kind: "unit"; readonly unit: Unit }
  /** Makes a finding small, in so much time. */
  | { readonly kind: "shrink"; readonly finding: Finding; readonly ms: number };

/** A finding, made small, with all that one needs to see it again and to understand it. */
export interface ShrunkFinding {
  readonly report: ViolationReport;
  readonly schedule: Omit<ScheduleFile, "model">;
  readonly story: readonly Step[];
  readonly decisionsBefore: number;
  readonly runs: number;
}

export type FromWorker =
  /** With the hash of what it has compiled. */
  | { readonly kind: "ready"; readonly program: string }
  | { readonly kind: "rejected"; readonly diagnostics: readonly InstrumentDiagnostic[] }
  /** The workload asks for something that this lab has not. */
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "progress"; readonly unit: number; readonly runs: number }
  | { readonly kind: "found"; readonly finding: Finding }
  | { readonly kind: "unit"; readonly result: UnitResult }
  | { readonly kind: "shrunk"; readonly finding: ShrunkFinding }
  | { readonly kind: "crashed"; readonly stack: string };

const PROGRESS_MS = 200;

export function exploreWorker(job: ExploreJob, port: MessagePort): void {
  const tell = (message: FromWorker): void => port.postMessage(message);
  const program = compile(job, tell);
  if (program === null) return;
  expectShortLives();
  const worker = new Worker(job, program, tell);
  port.on("message", (message: ToWorker) => {
    try {
      if (message.kind === "unit") worker.unit(message.unit);
      else worker.shrink(message.finding, message.ms);
    } catch (error) {
      tell(failure(error, job));
    }
  });
  tell({ kind: "ready", program: `${programHash(program)} ${program.image.key}` });
}

function failure(error: unknown, { model, workload }: ExploreJob): FromWorker {
  if (error instanceof Refused)
    return { kind: "refused", reason: refusedText(error.refusal, model, workload) };
  return { kind: "crashed", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function compile(
  { model, workload }: Pick<ExploreJob, "model" | "workload">,
  tell: (message: FromWorker) => void,
): Program | null {
  const { program, diagnostics } = prepare({ model, workload, files: userFiles, image: readImage() });
  if (program === null)
    tell({ kind: "rejected", diagnostics: diagnostics.filter((d) => d.severity === "error") });
  return program;
}

class Worker {
  readonly #job: ExploreJob;
  readonly #program: Program;
  readonly #units: UnitWorker;
  readonly #tell: (message: FromWorker) => void;
  readonly #stop: Int32Array;
  #runner: Runner | null = null;

  constructor(job: ExploreJob, program: Program, tell: (message: FromWorker) => void) {
    this.#job = job;
    this.#program = program;
    this.#tell = tell;
    this.#stop = new Int32Array(job.stop);
    this.#units = new UnitWorker(program, job.config);
  }

  unit(unit: Unit): void {
    let told = 0;
    const result = this.#units.perform(unit, {
      mayGoOn: () => Atomics.load(this.#stop, 0) === 0,
      found: (finding) => this.#tell({ kind: "found", finding }),
      ran: (runs) => {
        const now = Date.now();
        if (now - told <= PROGRESS_MS) return;
        told = now;
        this.#tell({ kind: "progress", unit: unit.index, runs });
      },
    });
    this.#tell({ kind: "unit", result });
  }

  shrink(finding: Finding, ms: number): void {
    const end = performance.now() + ms;
    this.#tell({ kind: "shrunk", finding: this.#small(finding, () => performance.now() < end) });
  }

  /** Without time a finding stays as it was found. */
  #small({ report, decisions, hash }: Finding, mayGoOn: () => boolean): ShrunkFinding {
    this.#runner ??= new Runner(this.#program, this.#job.config);
    const model = this.#program.model.file;
    const small = shrink(this.#runner, decisions, report, model, mayGoOn);
    if (small === null) {
      if (mayGoOn())
        throw new Error(
          `a run that broke ${report.rule} did not do so again: the search is not deterministic`,
        );
      const schedule = this.#schedule({ decisions, hash }, report);
      return { report, schedule, story: [], decisionsBefore: decisions.length, runs: 0 };
    }
    const marks = marksOf(this.#runner, small.outcome.decisions, mayGoOn);
    const schedule = this.#schedule(small.outcome, report);
    return {
      report: violationReport(small.violation, model, report.run),
      schedule: marks === null ? schedule : { ...schedule, marks },
      story: tellStory(this.#runner, small.outcome.decisions, report, model, mayGoOn),
      decisionsBefore: decisions.length,
      runs: small.runs,
    };
  }

  #schedule(
    { decisions, hash }: { decisions: ScheduleFile["decisions"]; hash: string },
    report: ViolationReport,
  ): Omit<ScheduleFile, "model"> {
    const { seed, cpus, strategy: _, ...settings } = this.#job.config;
    const { rule, message, line, column, tick } = report;
    return {
      format: SCHEDULE_FORMAT,
      programHash: programHash(this.#program),
      kernelKey: this.#program.image.key,
      workload: this.#job.workload,
      seed,
      cpus,
      settings,
      decisions,
      expected: { rule, message, line, column, tick },
      historyHash: hash,
    };
  }
}
