/** Where names of an expression come from, and what an evaluation may do. */
import type { Frame } from "../../sim/instrument/monitor.ts";

/** The state in which an expression is evaluated. */
export interface Environment {
  /** The frame whose variables the expression sees, if any. */
  readonly frame: Frame | null;
  readonly cpu: number;
  /** Values of the parameters of arrow functions inside the expression. */
  readonly parameters: readonly unknown[];
  /** What a watched value is, and was. */
  readonly watched?: { readonly value: unknown; readonly old: unknown };
}

/** A name that an expression may use. */
export interface Binding {
  read(environment: Environment): unknown;
  write?(environment: Environment, value: unknown): void;
  /** Reading it may run instrumented code (a live binding of another module). */
  readonly runsCode?: boolean;
}

/** Finds names once, when the expression is compiled. */
export interface Names {
  lookup(name: string): Binding | null;
}

/** What the evaluator asks before it touches the program's state. */
export interface Policy {
  /** May assign, call any function, run getters. */
  readonly mayMutate: boolean;
  /** A function of the program (the kernel) that only reads. */
  isPure(fn: unknown): boolean;
  /** True if reading this object's own accessors must go unnoticed (freed memory). */
  isFreed(object: object): boolean;
  /** Throws a UserError if this function cannot be called although anything may be changed. */
  checkCall?(fn: object, name: string): void;
}

/** A compiled expression. */
export type Evaluate = (environment: Environment) => unknown;

export interface Compiled {
  readonly evaluate: Evaluate;
  /** May run instrumented code; if not, it only reads variables and properties. */
  readonly runsCode: boolean;
}
