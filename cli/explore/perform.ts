/** One exploration, from the plan of its units to its report. */
import { pairCounts } from "../../sim/explore/coverage.ts";
import { isSystematic } from "../../sim/explore/searchers.ts";
import { planUnits, type Unit } from "../../sim/explore/unit.ts";
import type { Order } from "../order.ts";
import type { Report, ViolationReport } from "../report.ts";
import { UserError } from "../user-error.ts";
import { writeHtml, writeSchedules } from "./files.ts";
import { Pool } from "./pool.ts";
import type { Exploration } from "./settings.ts";
import { type Done, NOTHING_DONE, StateKeeper } from "./state.ts";
import type { ShrunkFinding } from "./worker.ts";

const RUNS_PER_UNIT = 250;
const MOST_SCHEDULES = 5_000_000;

export interface Explored extends Report {
  readonly coverage: { readonly pairs: number; readonly bothOrders: number };
  readonly strategy: string;
  readonly shard: string | null;
  /** The user ended it before its budget was spent. */
  readonly interrupted: boolean;
}

export interface ExplorationResult {
  readonly report: Explored;
  readonly findings: readonly ShrunkFinding[];
  readonly pairs: readonly string[];
}

export async function performExploration(order: Order, what: Exploration): Promise<ExplorationResult> {
  const started = performance.now();
  const state = new StateKeeper(order, what);
  const { done: before, program } = what.resume ? state.load() : { done: NOTHING_DONE, program: null };
  const pool = new Pool({
    order,
    what,
    units: unitsOf(order, what),
    started,
    before,
    programBefore: program,
    keep: (hash, soFar) => state.save(hash, soFar),
  });
  const interrupt = (): void => pool.interrupt();
  const ends = ["SIGINT", "SIGTERM"] as const;
  // a second signal ends the program at once
  for (const signal of ends) process.once(signal, interrupt);
  const { done, finished, findings } = await pool.run().finally(() => {
    for (const signal of ends) process.off(signal, interrupt);
  });
  if (finished) state.remove();
  const { units, pairs } = done;
  const { config, model, workload } = order.job;
  const shard = what.shard[1] > 1 ? what.shard.join("/") : null;
  const sum = (of: (u: Done["units"][number]) => number): number =>
    units.reduce((total, unit) => total + of(unit), 0);
  const report: Explored = {
    model,
    workload,
    seed: config.seed,
    cpus: config.cpus,
    runs: sum((r) => r.runs),
    ticks: sum((r) => r.ticks),
    virtualTimeNs: sum((r) => r.virtualTimeNs),
    wallSeconds: (performance.now() - started) / 1000,
    historyHash: units.at(-1)?.hash ?? "",
    complete: shard === null && units.length > 0 && units.every((u) => u.complete),
    violations: what.out === null ? pool.found : written(what.out, order, shard, findings),
    coverage: pairCounts(pairs),
    strategy: what.strategy,
    shard,
    interrupted: pool.interrupted,
  };
  if (what.out !== null && findings.length > 0) writeHtml(what.out, report, findings);
  return { report, findings, pairs };
}

function written(
  out: string,
  order: Order,
  shard: string | null,
  findings: readonly ShrunkFinding[],
): ViolationReport[] {
  if (findings.length === 0) return [];
  const files = writeSchedules(out, order, shard, findings);
  return findings.map((finding, i) => ({ ...finding.report, schedule: files[i]! }));
}

function unitsOf(order: Order, what: Exploration): Unit[] {
  const [index, count] = what.shard;
  const { strategy, preemptions } = what;
  if (isSystematic(strategy) && count > 1)
    throw new UserError(
      `--strategy ${strategy} goes through its space in order and cannot be sharded; use auto`,
    );
  const units = planUnits(strategy, {
    seed: order.job.config.seed,
    schedules: Math.min(what.schedules, MOST_SCHEDULES),
    perUnit: RUNS_PER_UNIT,
    preemptions,
  });
  return units.filter((unit) => unit.index % count === index - 1);
}
