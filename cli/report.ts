/** The result of a run as `--json` prints it; every other output is made from it. */
import type { RunResult, ViolationReport } from "../sim/lab/result.ts";

export interface Report extends RunResult {
  readonly wallSeconds: number;
}

export type { ViolationReport };
