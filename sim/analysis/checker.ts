/** A checker watches the paths of all entry points, and may conclude when all have been seen. */
import type * as t from "@babel/types";
import type { ContextKind, Entry } from "./entries.ts";
import type { Fix, RelatedSpan, Span } from "./finding.ts";
import type { Interpreter, Watcher } from "./interp.ts";
import type { Model } from "./model.ts";
import type { State } from "./state.ts";
import type { Value } from "./values.ts";

export interface Details {
  readonly related?: readonly RelatedSpan[];
  readonly also?: readonly string[];
  readonly fixes?: readonly Fix[];
}

export interface Analysis {
  readonly model: Model;
  /** The entry point whose paths are seen; null while the top level runs. */
  readonly entry: Entry | null;
  readonly kind: ContextKind;
  readonly entries: readonly Entry[];
  readonly lltx: boolean;
  report(rule: string, node: t.Node, run: Interpreter, message: string, details?: Details): void;
  /** Entry point, then each call on the way to here. */
  way(run: Interpreter): RelatedSpan[];
  reportAt(rule: string, span: Span, message: string, context: ContextKind, details?: Details): void;
}

export interface Checker extends Watcher {
  /** An entry point is about to be seen. */
  enter?(): void;
  /** An entry point returns, on one path. */
  exit?(value: Value, state: State, node: t.Node, run: Interpreter): void;
  /** All of an entry point was seen; `complete`: on all paths. */
  left?(complete: boolean): void;
  finish?(): void;
}

export type CheckerFactory = (analysis: Analysis) => Checker;
