/** What a search decides, and what it is told: the words that strategies, driver and reports share. */
import type { OperationKind } from "../machine/model.ts";
import type { Transition } from "../machine/schedule.ts";

/** Who acts: a task, an interrupt handler, a softirq. The same number stands for the same actor in every run. */
export type Agent = number;

/** From this number on an agent is a device, or a CPU's store buffer: what its steps touch is not known. */
export const HARDWARE = 30_000;

/** What an agent is about to do. */
export interface Operation {
  /** The object or variable; 0 if the operation touches nothing that others see. */
  readonly key: number;
  readonly how: OperationKind;
  /** Where in the program. */
  readonly site: number;
}

/** One thing that may happen next. */
export interface Option {
  readonly agent: Agent;
  readonly operation: Operation;
  /** It only waits by looking again and again (or says so by yielding): others first. */
  readonly yields: boolean;
  /** Null for an alternative of a choice that is none about who runs. */
  readonly transition: Transition | null;
}

/** A decision to be taken among at least two options. */
export interface Step {
  readonly options: readonly Option[];
  /** The option by which the running agent goes on, or -1. */
  readonly current: number;
  /** What is chosen, where it is not who runs: `interrupt-cpu`, a fault point … */
  readonly what: string | null;
  readonly point: number;
}

/** An operation that was executed. */
export interface Executed {
  readonly agent: Agent;
  readonly operation: Operation;
}

export interface RunEnd {
  readonly run: number;
  /** Something was found. */
  readonly failed: boolean;
  readonly trace: readonly Executed[];
  readonly points: number;
  /** Which task created which. */
  readonly parents: ReadonlyMap<Agent, Agent>;
}

/**
 * A way to search. Three methods; strategies that wrap others (fairness, recording, portfolios) implement the same ones.
 */
export interface Searcher {
  readonly name: string;
  /** A run begins; false if there is nothing left to search. */
  begin(run: number): boolean;
  /** Index of the option that happens. */
  pick(step: Step): number;
  /** The run is over. */
  end(end: RunEnd): void;
  /** Told of each operation that happens, chosen or without alternative. */
  saw?(executed: Executed): void;
}

/** Two operations whose order matters. */
export function dependent(a: Operation, b: Operation): boolean {
  return a.key !== 0 && a.key === b.key && (a.how !== "read" || b.how !== "read");
}
