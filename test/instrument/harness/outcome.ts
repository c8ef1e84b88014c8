import { describe } from "./describe.ts";

/** What a program did, as far as anybody outside can tell. */
export interface Outcome {
  readonly log: readonly string[];
  /** Described result, or described error with the prefix `threw`. */
  readonly result: string;
}

export type Log = (...values: unknown[]) => void;
export type Main = (log: Log) => unknown;

/** Collects what a program logs, described at the moment of logging. */
export function makeLog(limit = 20_000): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const log: Log = (...values) => {
    const line = values.map(describe).join(" ");
    if (lines.length < limit) lines.push(line);
  };
  return { log, lines };
}

export const returned = (value: unknown): string => describe(value);
export const threw = (error: unknown): string => `threw ${describe(error)}`;

/** Runs natively. */
export function runPlain(main: Main): Outcome {
  const { log, lines } = makeLog();
  let result: string;
  try {
    result = returned(main(log));
  } catch (error) {
    result = threw(error);
  }
  // What outlives the run may log on.
  return { log: [...lines], result };
}
