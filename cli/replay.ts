/** `netdev-lab replay FILE.schedule.json`: runs a saved schedule again, exactly; says so where the program has changed. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Runner } from "../sim/explore/runner.ts";
import { programHash, type ScheduleFile, scheduleProblem } from "../sim/explore/schedule-file.ts";
import { sameViolation, type Target } from "../sim/explore/shrink.ts";
import { storyText, tellStory } from "../sim/explore/story.ts";
import { DEFAULT_CONFIG, type LabConfig } from "../sim/lab/config.ts";
import { type Program, prepare } from "../sim/lab/program.ts";
import { exitCode, violationReport } from "../sim/lab/result.ts";
import { Replay, type Strategy, type Transition } from "../sim/machine/schedule.ts";
import type { Arguments } from "./arguments.ts";
import { readImage } from "./perform.ts";
import type { Report } from "./report.ts";
import { diagnosticText, paintFor, shortPath, summaryText, violationText } from "./text.ts";
import { EXIT, UserError } from "./user-error.ts";

export function replay({ positionals, given }: Arguments): number {
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0)
    throw new UserError("replay takes one schedule: netdev-lab replay FILE.schedule.json");
  const file = readSchedule(path);
  const program = compile(file, path);
  const config = configOf(file);
  const started = performance.now();
  const runner = new Runner(program, config);
  const strategy = new Parting(new Replay(file.decisions));
  const outcome = runner.play(strategy);
  const notes = changes(file, program);
  const report: Report = {
    model: program.model.file,
    workload: file.workload,
    seed: file.seed,
    cpus: file.cpus,
    runs: 1,
    ticks: outcome.ticks,
    virtualTimeNs: outcome.virtualTimeNs,
    wallSeconds: (performance.now() - started) / 1000,
    historyHash: outcome.hash,
    complete: false,
    violations: outcome.violations.map((v) => ({
      ...violationReport(v, program.model.file),
      schedule: resolve(path),
    })),
  };
  const paint = paintFor(process.stdout);
  if (strategy.parted !== null) {
    process.stderr.write(
      `${notes.map((n) => `note: ${n}\n`).join("")}${shortPath(path)}: ${strategy.parted}\n`,
    );
    return EXIT.usage;
  }
  if (outcome.hash !== file.historyHash && notes.length === 0)
    throw new Error(
      `the same program and schedule gave another history: ${outcome.hash} instead of ${file.historyHash}`,
    );
  if (outcome.hash === file.historyHash) notes.push("the history is the recorded one, to the bit");
  else notes.push("every decision fits, but the history is another one");
  if (given.has("json")) {
    process.stderr.write(notes.map((n) => `note: ${n}\n`).join(""));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const lines = report.violations.map((v) => violationText(v, paint));
    const story = file.expected === null ? "" : storyOf(runner, file, program);
    process.stdout.write(
      `${[...lines, ...(story === "" ? [] : [story]), ...notes.map((n) => `${paint("blue", "note:")} ${n}`), summaryText(report, paint)].join("\n")}\n`,
    );
  }
  return exitCode(report);
}

/** Follows a recording and remembers where it did not fit. */
class Parting implements Strategy {
  readonly #inner: Replay;
  parted: string | null = null;

  constructor(inner: Replay) {
    this.#inner = inner;
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
      this.parted = (error as Error).message;
      throw error;
    }
  }
}

export function readSchedule(path: string): ScheduleFile {
  if (!existsSync(path)) throw new UserError(`there is no file ${path}`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UserError(`${path} is no schedule: ${(error as Error).message}`);
  }
  const problem = scheduleProblem(value);
  if (problem !== null) throw new UserError(`${path}: ${problem}`);
  return value as ScheduleFile;
}

function compile(file: ScheduleFile, path: string): Program {
  const model = resolve(dirname(path), file.model);
  const read = (name: string): string | null => (existsSync(name) ? readFileSync(name, "utf8") : null);
  const { program, diagnostics } = prepare({
    model,
    workload: file.workload,
    files: { read },
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

function storyOf(runner: Runner, file: ScheduleFile, program: Program): string {
  const { rule, line } = file.expected!;
  const target: Target = { rule, file: program.model.file, line };
  const outcome = runner.play(new Replay(file.decisions));
  const found = outcome.violations.find((v) => v.rule === rule && v.place?.line === line);
  if (found === undefined) return "";
  const at: Target = { ...target, file: found.place?.file ?? target.file };
  if (!sameViolation(found, at, program.model.file)) return "";
  return storyText(tellStory(runner, file.decisions, at, program.model.file), shortPath);
}
