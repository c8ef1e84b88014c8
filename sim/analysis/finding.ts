/** What static analysis finds: a rule of the catalogue, a place, and the way that leads there. */
import type { Severity } from "../rules/rule.ts";

/** A stretch of source; lines and columns count from 1, the end is exclusive. */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface RelatedSpan extends Span {
  readonly message: string;
}

/** A change of text that would mend it. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly (Span & { readonly text: string })[];
}

export interface StaticFinding extends Span {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Where the function runs: "process", "softirq", "hardirq". */
  readonly context: string;
  /** Entry point, the calls that lead here, and what else belongs to the story, in order. */
  readonly related: readonly RelatedSpan[];
  readonly alsoRules: readonly string[];
  readonly fixes: readonly Fix[];
}
