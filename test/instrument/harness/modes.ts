import type { CompiledModule } from "../../../sim/instrument/index.ts";
import { compileProgram, linkProgram, runMain } from "./instrumented.ts";
import {
  ALWAYS,
  NEVER,
  type Pauses,
  PausingMonitor,
  readAllVariables,
  seldom,
  sometimes,
} from "./monitor.ts";
import type { Outcome } from "./outcome.ts";
import type { SourceFile } from "./plain.ts";

export interface Run {
  readonly mode: string;
  readonly outcome: Outcome;
  readonly ticks: number;
  readonly points: number;
  readonly pauses: number;
}

interface RunOptions {
  readonly pauses: Pauses;
  readonly inspect?: boolean;
  /** A breakpoint at every statement, whose condition never holds. */
  readonly armed?: boolean;
  /** Passed to `main` after the log. */
  readonly args?: readonly unknown[];
}

function run(
  mode: string,
  modules: readonly CompiledModule[],
  { pauses, inspect, armed, args = [] }: RunOptions,
): Run {
  const monitor = new PausingMonitor(pauses);
  const problems: string[] = [];
  if (inspect) monitor.atPause = (frame) => readAllVariables(frame, problems);
  const program = linkProgram(modules, monitor);
  if (armed) for (const module of program.modules) module.breakpoints.fill(1);
  const [outcome] = monitor.runAll([runMain(program, mainOf(modules), { args })]);
  if (monitor.top !== null && !outcome!.result.startsWith("threw"))
    throw new Error(`${mode}: a frame of ${monitor.top.fn?.name} is left over`);
  if (problems.length > 0) throw new Error(`${mode}: ${problems.slice(0, 3).join("; ")}`);
  return { mode, outcome: outcome!, ticks: monitor.ticks, points: monitor.points, pauses: monitor.pauses };
}

const mainOf = (modules: readonly CompiledModule[]): string => modules[modules.length - 1]!.id;

/** Two copies of a program take turns at every pause: nothing of theirs may be kept in common. */
function interleaved(modules: readonly CompiledModule[], pauses: Pauses): Run[] {
  const monitor = new PausingMonitor(pauses);
  const programs = [linkProgram(modules, monitor), linkProgram(modules, monitor)];
  const outcomes = monitor.runAll(programs.map((program) => runMain(program, mainOf(modules))));
  return outcomes.map((outcome, i) => ({
    mode: `interleaved copy ${i}`,
    outcome,
    ticks: -1,
    points: -1,
    pauses: -1,
  }));
}

/** Three tasks in the same module take turns: for programs that keep no state of their own. */
function sameModule(modules: readonly CompiledModule[]): Run[] {
  const monitor = new PausingMonitor(ALWAYS);
  const program = linkProgram(modules, monitor);
  monitor.runAll([program.init()]);
  const tasks = [0, 1, 2].map(() => runMain(program, mainOf(modules), { initialise: false }));
  return monitor
    .runAll(tasks)
    .map((outcome, i) => ({ mode: `task ${i} in one module`, outcome, ticks: -1, points: -1, pauses: -1 }));
}

/** Boots the same instances twice: the second boot starts from fresh memory. */
function bootTwice(modules: readonly CompiledModule[]): Run[] {
  const monitor = new PausingMonitor(NEVER);
  const program = linkProgram(modules, monitor);
  return [1, 2].map((boot) => {
    const [outcome] = monitor.runAll([runMain(program, mainOf(modules))]);
    return { mode: `boot ${boot}`, outcome: outcome!, ticks: -1, points: -1, pauses: -1 };
  });
}

export interface Depth {
  /** Skip what takes longest. */
  readonly quick?: boolean;
  /** The program may be run by several tasks at once. */
  readonly stateless?: boolean;
  readonly seeds?: readonly number[];
}

/** Runs a program instrumented, in every way that must make no difference. */
export function runEveryWay(
  files: readonly SourceFile[],
  { quick, stateless, seeds = [1, 2, 3] }: Depth = {},
): Run[] {
  const rich = compileProgram(files);
  const runs = [
    run("rich, never paused", rich, { pauses: NEVER }),
    run("rich, paused at every tick and point", rich, { pauses: ALWAYS, inspect: !quick }),
    ...seeds.map((seed) => run(`rich, paused at random (seed ${seed})`, rich, { pauses: sometimes(seed) })),
  ];
  if (quick) return runs;
  const lean = compileProgram(files, { rich: false });
  return [
    ...runs,
    run("lean, never paused", lean, { pauses: NEVER }),
    run("rich, breakpoints that never hold everywhere", rich, { pauses: sometimes(11), armed: true }),
    run("lean, paused at every tick and point", lean, { pauses: ALWAYS }),
    run("explicit points, paused at every tick", compileProgram(files, { points: "explicit" }), {
      pauses: ALWAYS,
    }),
    ...interleaved(rich, ALWAYS),
    ...interleaved(lean, sometimes(7)),
    ...bootTwice(rich),
    ...(stateless ? sameModule(rich) : []),
  ];
}

/** The first way in which runs differ from the plain one or from each other; null if none. */
export function firstDifference(plain: Outcome, runs: readonly Run[]): string | null {
  for (const { mode, outcome } of runs) {
    const at = plain.log.findIndex((line, i) => line !== outcome.log[i]);
    if (at >= 0)
      return `${mode}: log line ${at}\n  plain:        ${plain.log[at]}\n  instrumented: ${outcome.log[at]}`;
    if (outcome.log.length > plain.log.length)
      return `${mode}: logged too much: ${outcome.log[plain.log.length]}`;
    if (outcome.result !== plain.result) return `${mode}: result\n${contrast(plain.result, outcome.result)}`;
  }
  const [first] = runs;
  for (const { mode, ticks, points } of runs) {
    if (ticks >= 0 && ticks !== first!.ticks) return `${mode}: ${ticks} ticks, not ${first!.ticks}`;
    if (points >= 0 && points !== first!.points && !mode.startsWith("explicit"))
      return `${mode}: ${points} points, not ${first!.points}`;
  }
  return null;
}

function contrast(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 60);
  return `  plain:        …${a.slice(from, at + 100)}\n  instrumented: …${b.slice(from, at + 100)}`;
}

/** A bundled package: at full size never paused, at small size paused everywhere. */
export function runPackage(files: readonly SourceFile[], small: boolean): Run[] {
  const rich = compileProgram(files);
  if (small) return [run("rich, paused at every tick and point", rich, { pauses: ALWAYS, args: [true] })];
  const lean = compileProgram(files, { rich: false });
  return [
    run("rich, never paused", rich, { pauses: NEVER, args: [false] }),
    run("lean, never paused", lean, { pauses: NEVER, args: [false] }),
    run("lean, paused at random", lean, { pauses: seldom(3), args: [false] }),
  ];
}
