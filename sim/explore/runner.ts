/** Runs one program again and again on one machine, each time under the schedule that a searcher draws. */
import type { LabConfig } from "../lab/config.ts";
import { Lab } from "../lab/lab.ts";
import type { Program } from "../lab/program.ts";
import { type Refusal, watchRefusal } from "../lab/refusal.ts";
import type { Violation } from "../machine/events.ts";
import type { EndReason } from "../machine/machine.ts";
import { type Decision, FixedOrder, ScheduleDivergence, type Strategy } from "../machine/schedule.ts";
import { Driver } from "./driver.ts";
import { Operations } from "./operations.ts";
import type { Agent, Executed, Searcher } from "./step.ts";

export interface Outcome {
  /** `stopped`: whoever asked for the run did not want its end. */
  readonly reason: EndReason | "stopped";
  readonly violations: readonly Violation[];
  readonly decisions: readonly Decision[];
  readonly points: number;
  readonly ticks: number;
  readonly hash: string;
  readonly virtualTimeNs: number;
  /** Not null: the run says nothing about the model. */
  readonly refusal: Refusal | null;
}

export interface Playing {
  /** Sees the lab before the run begins. */
  readonly watch?: (lab: Lab) => unknown;
  /** Asked again and again while the run goes on; false stops it. */
  readonly mayGoOn?: () => boolean;
}

/** Statements between two questions whether to go on. */
const SLICE = 20_000;

export class Runner {
  readonly lab: Lab;
  readonly operations = new Operations();
  readonly #config: LabConfig;

  constructor(program: Program, config: LabConfig) {
    this.#config = config;
    this.lab = new Lab(program, config, { strategy: new FixedOrder(), rules: false, bootOnce: true });
  }

  /**
   * One run under the searcher's choices; null if it has nothing left to try. The searcher is not told of a run that was
   * stopped.
   */
  search(
    searcher: Searcher,
    run: number,
    mayGoOn?: () => boolean,
  ): (Outcome & { readonly trace: readonly Executed[] }) | null {
    if (!searcher.begin(run)) return null;
    const driver = new Driver(this.lab.machine, searcher, this.operations);
    driver.restart();
    const parents = new Map<Agent, Agent>();
    const watch = ({ machine }: Lab): unknown =>
      machine.on("task-created", ({ task, created }) => parents.set(created.id, task.id));
    const outcome = this.play(driver, { watch, mayGoOn });
    if (outcome.reason === "stopped") return { ...outcome, trace: driver.trace };
    const failed = outcome.violations.some((v) => v.severity === "error");
    searcher.end({ run, failed, trace: driver.trace, points: outcome.points, parents });
    return { ...outcome, trace: driver.trace };
  }

  /** One run under any strategy. */
  play(strategy: Strategy, { watch, mayGoOn = () => true }: Playing = {}): Outcome {
    const { lab } = this;
    lab.restart(this.#config, { strategy });
    const refusal = watchRefusal(lab);
    watch?.(lab);
    let reason: Outcome["reason"] | null = null;
    try {
      while (reason === null) {
        const state = lab.run(SLICE);
        if (state.kind === "ended") reason = state.reason;
        else if (state.kind !== "slice") reason = "halted";
        else if (!mayGoOn()) reason = "stopped";
      }
    } catch (error) {
      if (!(error instanceof ScheduleDivergence)) throw error;
      reason = "diverged";
    }
    const { machine, rules } = lab;
    return {
      reason: reason ?? "halted",
      violations: rules.violations,
      decisions: machine.decisions,
      points: machine.pointCount,
      ticks: machine.tickCount,
      hash: machine.historyHash,
      virtualTimeNs: machine.nowNs,
      refusal: refusal(),
    };
  }
}
