/**
 * Runs a job in a worker thread and watches over it: a model that fills the memory or calls native code that never comes
 * back cannot take the program with it.
 */
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Job, LastPlace, Outcome, WorkerMessage } from "./job.ts";
import { outOfMemory } from "./perform.ts";
import type { Report } from "./report.ts";

/** Bytes that the simulated system may fill before the run is cut off in good order. */
export const HEAP_LIMIT = 768 << 20;
/** Where V8 ends the worker. */
const HARD_LIMIT_MB = 1_536;
/** A worker that says nothing for so long is stuck in native code. */
const SILENCE_MS = 30_000;

export type Progress = (ticks: number, timeNs: number) => void;

export function supervise(job: Job, progress: Progress): Promise<Outcome> {
  const started = performance.now();
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: { job },
    resourceLimits: { maxOldGenerationSizeMb: HARD_LIMIT_MB, stackSizeMb: 16 },
  });
  return new Promise((resolve, reject) => {
    let place: LastPlace | null = null;
    let ticks = 0;
    const cutOff = (message: string): void => {
      const wallSeconds = (performance.now() - started) / 1000;
      resolve(cut(job, place, ticks, wallSeconds, message));
      void worker.terminate();
    };
    const silent = (): void =>
      cutOff("the run was cut off: native code that the model called does not come back");
    let watch = setTimeout(silent, SILENCE_MS);
    worker.on("message", (message: WorkerMessage) => {
      clearTimeout(watch);
      if (message.kind !== "progress") return resolve(message);
      watch = setTimeout(silent, SILENCE_MS);
      place = message.place ?? place;
      ticks = message.ticks;
      progress(message.ticks, message.timeNs);
    });
    worker.on("error", (error: Error & { code?: string }) => {
      clearTimeout(watch);
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") cutOff(outOfMemory(job, place, 0, 0).message);
      else reject(error);
    });
    worker.on("exit", () => clearTimeout(watch));
  });
}

/** The result of a run whose worker is gone. */
function cut(
  job: Job,
  place: LastPlace | null,
  ticks: number,
  wallSeconds: number,
  message: string,
): Outcome {
  const report: Report = {
    model: job.model,
    workload: job.workload,
    seed: job.config.seed,
    cpus: job.config.cpus,
    runs: 1,
    ticks,
    virtualTimeNs: 0,
    wallSeconds,
    historyHash: "",
    complete: false,
    violations: [{ ...outOfMemory(job, place, 0, 0), message }],
  };
  return {
    kind: "finished",
    reason: "cut",
    report,
    dmesg: [],
    notes: [],
    diagnostics: [],
    pcap: null,
    trace: null,
  };
}
