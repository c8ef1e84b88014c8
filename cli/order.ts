/** From a model's path to a finished run. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type ModelHeader, modelHeader } from "../sim/lab/header.ts";
import { readText } from "./files.ts";
import type { Finished, Job, Outcome } from "./job.ts";
import type { Given } from "./options.ts";
import { Progress as ProgressLine } from "./progress.ts";
import { settle } from "./settings.ts";
import { HEAP_LIMIT, type Progress, supervise } from "./supervise.ts";
import { diagnosticText, paintFor } from "./text.ts";
import { UserError } from "./user-error.ts";

export interface Order {
  readonly job: Job;
  readonly header: ModelHeader;
}

/** Reads the model's header and settles what is to be done. */
export function orderFor(path: string, given: Given): Order {
  const model = resolve(path);
  if (!existsSync(model)) throw new UserError(`there is no file ${path}`);
  if (statSync(model).isDirectory())
    throw new UserError(`${path} is a folder; \`netdev-lab check ${path}\` runs what is in it`);
  if (!/\.[cm]?ts$/.test(model))
    throw new UserError(`${path} is no TypeScript file: a driver model ends in .ts`);
  const header = modelHeader(readText(model));
  const { config, workload } = settle(model, header.settings, given, process.cwd());
  const job: Job = {
    model,
    workload,
    config,
    pcap: given.has("pcap"),
    trace: given.has("trace"),
    heapLimit: HEAP_LIMIT,
  };
  return { job, header };
}

/** Runs it; what prevents a run is a {@link UserError}. */
export async function fulfil(order: Order, progress: Progress): Promise<Finished> {
  return finished(await supervise(order.job, progress));
}

function finished(outcome: Outcome): Finished {
  const paint = paintFor(process.stderr);
  switch (outcome.kind) {
    case "finished":
      return outcome;
    case "rejected":
      throw new UserError(outcome.diagnostics.map((d) => diagnosticText(d, paint)).join("\n"));
    case "refused":
      throw new UserError(outcome.reason);
    case "crashed":
      throw new Error(outcome.stack);
  }
}

/** Shows on a terminal how far the run is. */
export function terminalProgress(label: string): { show: Progress; clear: () => void } {
  const line = new ProgressLine(label);
  return {
    show: (ticks, timeNs) => line.show(`${ticks} ticks, ${(timeNs / 1e9).toFixed(2)} s of virtual time`),
    clear: () => line.clear(),
  };
}
