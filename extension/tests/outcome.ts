/** What `netdev-lab check` and `explore` print with `--json`, as far as the Test Explorer reads it; and how it judges. */

export interface FoundPlace {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly cpu: number;
}

export interface FoundViolation extends FoundPlace {
  readonly rule: string;
  readonly severity: "error" | "warning" | "advice";
  readonly context: string;
  readonly related: readonly FoundPlace[];
  /** File of the schedule that leads there; null for a plain run. */
  readonly schedule: string | null;
}

export interface Outcome {
  readonly ticks: number;
  readonly runs: number;
  readonly historyHash: string;
  readonly violations: readonly FoundViolation[];
}

/** Reads a program's output; throws with what is wrong about it. */
export function readOutcome(text: string): Outcome {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !Array.isArray((value as Outcome).violations))
    throw new Error("netdev-lab printed no result: are extension and program of the same version?");
  return value as Outcome;
}

export interface Verdict {
  readonly failed: readonly FoundViolation[];
  /** Rules that the model's `@expect` names and that were not broken. */
  readonly missing: readonly string[];
}

/** What a model's header expects (`// @expect rule ?optional`), or null if it says nothing. */
export function expected(text: string): { rules: string[]; optional: string[] } | null {
  const lines = [...text.matchAll(/^\s*(?:\/\/|\/\*+|\*)\s*@expect\b(.*)$/gm)];
  if (lines.length === 0) return null;
  const words = lines.flatMap(([, rest = ""]) => rest.replace(/\*\/.*$/, "").split(/\s+/)).filter(Boolean);
  return {
    rules: words.filter((word) => !word.startsWith("?") && word !== "none"),
    optional: words.filter((word) => word.startsWith("?")).map((word) => word.slice(1)),
  };
}

/** Without `@expect` errors fail; with it, errors that it does not name, and rules that were not found. */
export function verdict(outcome: Outcome, text: string): Verdict {
  const errors = outcome.violations.filter(({ severity }) => severity === "error");
  const wanted = expected(text);
  if (wanted === null) return { failed: errors, missing: [] };
  const allowed = new Set([...wanted.rules, ...wanted.optional]);
  const seen = new Set(outcome.violations.map(({ rule }) => rule));
  return {
    failed: errors.filter(({ rule }) => !allowed.has(rule)),
    missing: wanted.rules.filter((rule) => !seen.has(rule)),
  };
}

/** `CPU 1, softirq`, in front of each line of a failure's stack. */
export function stackLabel({ cpu }: FoundPlace, context?: string): string {
  return context === undefined ? `CPU ${cpu}` : `CPU ${cpu}, ${context}`;
}
