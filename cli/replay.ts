/** `netdev-lab replay FILE.schedule.json`: runs a saved schedule again, exactly; says so where the program has changed. */
import { dirname, resolve } from "node:path";
import { MarkedReplay } from "../sim/explore/marks.ts";
import { type Outcome, Runner } from "../sim/explore/runner.ts";
import { programHash, type ScheduleFile, scheduleProblem } from "../sim/explore/schedule-file.ts";
import { sameViolation, type Target } from "../sim/explore/shrink.ts";
import { storyText, tellStory } from "../sim/explore/story.ts";
import { DEFAULT_CONFIG, type LabConfig } from "../sim/lab/config.ts";
import { type Program, prepare } from "../sim/lab/program.ts";
import { exitCode, violationReport } from "../sim/lab/result.ts";
import type { Place } from "../sim/machine/events.ts";
import { ScheduleDivergence, type Strategy, type Transition } from "../sim/machine/schedule.ts";
import type { Arguments } from "./arguments.ts";
import { userFiles } from "./files.ts";
import { readImage } from "./perform.ts";
import type { Report } from "./report.ts";
import { diagnosticText, paintFor, refusedText, shortPath, summaryText, violationText } from "./text.ts";
import { EXIT, UserError } from "./user-error.ts";

export function replay({ positionals, given }: Arguments): number {
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new UserError("replay takes one schedule: netdev-lab replay FILE.schedule.json");
  const file = readSchedule(path);
  const program = compile(file, path);
  const started = performance.now();
  const runner = new Runner(program, configOf(file));
  const strategy = new Following(file, runner);
  const outcome = runner.play(strategy);
  if (outcome.refusal !== null)
    throw new UserError(refusedText(outcome.refusal, program.model.file, file.workload));
  const notes = changes(file, program);
  if (strategy.misfit !== null) {
    const parted = `${strategy.misfit}; the histories part${strategy.where}`;
    process.stderr.write(`${notes.map((n) => `note: ${n}\n`).join("")}${shortPath(path)}: ${parted}\n`);
    return EXIT.usage;
  }
  if (outcome.hash !== file.historyHash && notes.length === 0)
    throw new Error(
      `the same program and schedule gave another history: ${outcome.hash} instead of ${file.historyHash}`,
    );
  notes.push(
    outcome.hash === file.historyHash
      ? "the history is the recorded one, to the bit"
      : `every decision fits, but the history is another one: the runs part${strategy.where}`,
  );
  const wallSeconds = (performance.now() - started) / 1000;
  const report = reportOf(outcome, file, program, resolve(path), wallSeconds);
  if (given.has("json")) {
    process.stderr.write(notes.map((n) => `note: ${n}\n`).join(""));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else print(report, notes, file.expected === null ? "" : storyOf(runner, outcome, file, program));
  return exitCode(report);
}

function reportOf(
  outcome: Outcome,
  file: ScheduleFile,
  program: Program,
  schedule: string,
  wallSeconds: number,
): Report {
  return {
    model: program.model.file,
    workload: file.workload,
    seed: file.seed,
    cpus: file.cpus,
    runs: 1,
    ticks: outcome.ticks,
    virtualTimeNs: outcome.virtualTimeNs,
    wallSeconds,
    historyHash: outcome.hash,
    complete: false,
    violations: outcome.violations.map((v) => ({ ...violationReport(v, program.model.file), schedule })),
  };
}

function print(report: Report, notes: readonly string[], story: string): void {
  const paint = paintFor(process.stdout);
  const lines = [
    ...report.violations.map((v) => violationText(v, paint)),
    ...(story === "" ? [] : [story]),
    ...notes.map((n) => `${paint("blue", "note:")} ${n}`),
    summaryText(report, paint),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Follows a recording and remembers where it did not fit, and where the history became another one. */
class Following implements Strategy {
  readonly #inner: MarkedReplay;
  readonly #runner: Runner;
  #last: { readonly point: number; readonly place: Place | null } | null = null;
  #parting: string | null = null;
  /** What the recording wanted that was not possible. */
  misfit: string | null = null;

  constructor({ decisions, marks }: ScheduleFile, runner: Runner) {
    this.#runner = runner;
    this.#inner = new MarkedReplay(decisions, runner.lab.machine, (index, hash, point) => {
      const now = { point, place: this.#here() };
      if (marks?.[index] !== undefined && marks[index] !== hash) this.#parting ??= between(this.#last, now);
      this.#last = now;
    });
  }

  /** Where the runs part, as far as the marks tell. */
  get where(): string {
    if (this.#parting !== null) return this.#parting;
    return this.#last === null ? "" : ` after ${at(this.#last)}`;
  }

  runLength(point: number): number {
    return this.#inner.runLength(point);
  }

  pick(transitions: readonly Transition[], current: number, voluntary: boolean, point: number): number {
    return this.#noting(() => this.#inner.pick(transitions, current, voluntary, point));
  }

  choose(what: string, n: number, point: number): number {
    return this.#noting(() => this.#inner.choose(what, n, point));
  }

  #noting(decide: () => number): number {
    try {
      return decide();
    } catch (error) {
      if (error instanceof ScheduleDivergence) this.misfit ??= `${error.message}${inWords(this.#here())}`;
      throw error;
    }
  }

  /** Between two tasks a machine stands nowhere: then the place of any CPU will do. */
  #here(): Place | null {
    const { machine } = this.#runner.lab;
    return (
      machine.here() ??
      machine.cpus.map((cpu) => machine.places.ofTask(cpu.current, machine)).find(Boolean) ??
      null
    );
  }
}

type Stand = { readonly point: number; readonly place: Place | null };

function between(last: Stand | null, now: Stand): string {
  return last === null ? ` before ${at(now)}` : ` between ${at(last)} and ${at(now)}`;
}

function at({ point, place }: Stand): string {
  return `scheduling point ${point}${inWords(place)}`;
}

const inWords = (place: Place | null): string =>
  place === null ? "" : ` (${shortPath(place.file)}:${place.line})`;

export function readSchedule(path: string): ScheduleFile {
  const text = userFiles.read(path);
  if (text === null) throw new UserError(`there is no file ${path}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is no schedule: ${(error as Error).message}`);
  }
  const problem = scheduleProblem(value);
  if (problem !== null) throw new UserError(`${path}: ${problem}`);
  return value as ScheduleFile;
}

function compile(file: ScheduleFile, path: string): Program {
  const model = resolve(dirname(path), file.model);
  const { program, diagnostics } = prepare({
    model,
    workload: file.workload,
    files: userFiles,
    image: readImage(),
  });
  if (program !== null) return program;
  const paint = paintFor(process.stderr);
  throw new UserError(
    diagnostics
      .filter((d) => d.severity === "error")
      .map((d) => diagnosticText(d, paint))
      .join("\n"),
  );
}

function configOf({ settings, seed, cpus }: ScheduleFile): LabConfig {
  return { ...DEFAULT_CONFIG, ...settings, seed, cpus, strategy: "random" };
}

function changes(file: ScheduleFile, program: Program): string[] {
  const notes: string[] = [];
  if (file.programHash !== programHash(program))
    notes.push("the program has changed since this schedule was recorded");
  if (file.kernelKey !== program.image.key)
    notes.push("the simulated kernel is another version than the recorded one");
  return notes;
}

function storyOf(runner: Runner, outcome: Outcome, file: ScheduleFile, program: Program): string {
  const { rule, line } = file.expected!;
  const target: Target = { rule, file: program.model.file, line };
  const found = outcome.violations.find((v) => v.rule === rule && v.place?.line === line);
  if (found === undefined) return "";
  const at: Target = { ...target, file: found.place?.file ?? target.file };
  if (!sameViolation(found, at, program.model.file)) return "";
  return storyText(tellStory(runner, file.decisions, at, program.model.file), shortPath);
}
