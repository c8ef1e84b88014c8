/** What the interpreter gives and tells. */
import type * as t from "@babel/types";
import type { Span } from "../finding.ts";
import type { Interpreter } from "../interp.ts";
import type { Fn } from "../model.ts";
import type { State } from "../state.ts";
import type { Value } from "../values.ts";

export interface Result {
  readonly state: State;
  readonly value: Value;
}

/** A call of the kernel's API, before it takes effect. */
export interface ApiCall {
  readonly name: string;
  readonly args: readonly Value[];
  readonly node: t.Node;
  readonly state: State;
}

/** Watches what happens on the paths. */
export interface Watcher {
  invoked?(fn: Fn, state: State): void;
  call?(call: ApiCall, run: Interpreter): void;
  called?(call: ApiCall, result: Result, run: Interpreter): void;
  load?(object: Value, field: string, node: t.Node, state: State, run: Interpreter): void;
  store?(object: Value, field: string, value: Value, node: t.Node, state: State, run: Interpreter): void;
  leave?(fn: Fn, result: Result, node: t.Node, run: Interpreter): void;
}

export interface Activation {
  readonly fn: Fn;
  /** Null for the entry point. */
  readonly call: Span | null;
}
