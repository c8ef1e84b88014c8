/** Units of work: what one worker does without asking anybody, and what it brings back. The same unit gives the same result anywhere. */
import type { LabConfig } from "../lab/config.ts";
import type { Program } from "../lab/program.ts";
import type { Refusal } from "../lab/refusal.ts";
import { type ViolationReport, violationReport } from "../lab/result.ts";
import type { Decision } from "../machine/schedule.ts";
import { Coverage, type CoverageReport } from "./coverage.ts";
import { Runner } from "./runner.ts";
import { isSystematic, makeSearcher, type StrategyName } from "./searchers.ts";
import { BoundedSearch } from "./strategies/bounded.ts";

export interface Unit {
  readonly index: number;
  readonly strategy: StrategyName;
  readonly seed: number;
  /** Number of its first run among all runs of the exploration. */
  readonly firstRun: number;
  readonly runs: number;
  readonly preemptions?: number;
}

/** A violation and the run that showed it first. */
export interface Finding {
  readonly report: ViolationReport;
  readonly decisions: readonly Decision[];
  readonly hash: string;
  readonly points: number;
}

export interface UnitResult {
  readonly index: number;
  readonly runs: number;
  readonly ticks: number;
  readonly virtualTimeNs: number;
  readonly findings: readonly Finding[];
  readonly coverage: CoverageReport;
  /** The strategy has tried everything. */
  readonly complete: boolean;
  /** It was stopped before its end. */
  readonly stopped: boolean;
  /** Hash of the last run. */
  readonly hash: string;
}

export interface UnitControl {
  /** False stops the unit, in the middle of a run too; that run does not count. */
  mayGoOn(): boolean;
  /** A run has ended. */
  ran(runs: number): void;
  /** It showed something that this unit has not shown before. */
  found(finding: Finding): void;
}

/** Violations are the same if rule and place are. */
export function fingerprint({ rule, file, line }: Pick<ViolationReport, "rule" | "file" | "line">): string {
  return `${rule} ${file}:${line}`;
}

/** Splits so many runs into units. A systematic strategy is one unit: it goes through its space in order. */
export function planUnits(
  strategy: StrategyName,
  options: { seed: number; schedules: number; perUnit: number; preemptions?: number },
): Unit[] {
  const { seed, schedules, preemptions } = options;
  const perUnit = isSystematic(strategy) ? schedules : options.perUnit;
  const units: Unit[] = [];
  for (let firstRun = 0; firstRun < schedules; firstRun += perUnit) {
    const index = units.length;
    const runs = Math.min(perUnit, schedules - firstRun);
    units.push({
      index,
      strategy,
      seed: (seed + Math.imul(index, 0x632be5ab)) >>> 0,
      firstRun,
      runs,
      preemptions,
    });
  }
  return units;
}

/** A run says nothing about the model, and no other will. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

export class UnitWorker {
  readonly #program: Program;
  readonly #runner: Runner;

  constructor(program: Program, config: LabConfig) {
    this.#program = program;
    this.#runner = new Runner(program, config);
  }

  perform(unit: Unit, control: UnitControl): UnitResult {
    const searcher = makeSearcher(unit.strategy, unit);
    const coverage = new Coverage(this.#runner.operations);
    const findings = new Map<string, Finding>();
    let [runs, ticks, virtualTimeNs, hash] = [0, 0, 0, ""];
    let complete = false;
    let stopped = false;
    const mayGoOn = (): boolean => control.mayGoOn();
    while (runs < unit.runs) {
      const outcome = mayGoOn() ? this.#runner.search(searcher, runs, mayGoOn) : "not begun";
      if (outcome === "not begun" || outcome?.reason === "stopped") {
        stopped = true;
        break;
      }
      if (outcome === null) {
        complete = searcher instanceof BoundedSearch && searcher.complete;
        break;
      }
      if (outcome.refusal !== null) throw new Refused(outcome.refusal);
      runs++;
      ticks += outcome.ticks;
      virtualTimeNs += outcome.virtualTimeNs;
      hash = outcome.hash;
      coverage.add(outcome.trace);
      for (const violation of outcome.violations) {
        const report = violationReport(violation, this.#program.model.file, unit.firstRun + runs);
        const print = fingerprint(report);
        if (findings.has(print)) continue;
        const { decisions, points } = outcome;
        const finding = { report, decisions: [...decisions], hash, points };
        findings.set(print, finding);
        control.found(finding);
      }
      control.ran(runs);
    }
    const found = [...findings.values()];
    return {
      index: unit.index,
      runs,
      ticks,
      virtualTimeNs,
      findings: found,
      coverage: coverage.report(),
      complete,
      stopped,
      hash,
    };
  }
}
