/** Does one run, in the worker thread. */
import { getHeapStatistics } from "node:v8";
import { readKernel } from "../host/kernelFiles.ts";
import type { InstrumentDiagnostic } from "../sim/instrument/monitor.ts";
import type { KernelImage } from "../sim/lab/kernel-image.ts";
import { Lab } from "../sim/lab/lab.ts";
import { PcapWriter } from "../sim/lab/pcap.ts";
import { type Program, prepare } from "../sim/lab/program.ts";
import { type Refusal, watchRefusal } from "../sim/lab/refusal.ts";
import { runResult } from "../sim/lab/result.ts";
import { TraceWriter } from "../sim/lab/trace.ts";
import { userFiles } from "./files.ts";
import type { DmesgLine, Job, LastPlace, Outcome, WorkerMessage } from "./job.ts";
import type { Report, ViolationReport } from "./report.ts";
import { refusedText } from "./text.ts";
import { UserError } from "./user-error.ts";

/** Statements between two looks at memory and progress. */
const SLICE = 20_000;
/** Slices between two progress messages. */
const SLICES_PER_MESSAGE = 5;

export function perform(job: Job, tell: (message: WorkerMessage) => void): Outcome {
  const { program, diagnostics } = prepare({
    model: job.model,
    workload: job.workload,
    files: userFiles,
    image: readImage(),
  });
  if (program === null)
    return { kind: "rejected", diagnostics: diagnostics.filter((d) => d.severity === "error") };
  return new Performance(job, program, diagnostics, tell).play();
}

/** The simulated kernel, as the build left it beside the program. */
export function readImage(): KernelImage {
  const kernel = readKernel(import.meta.url);
  if (kernel === null) throw new UserError("dist/kernel-image.json is missing: run `npm run build`");
  return kernel.image;
}

class Performance {
  readonly #job: Job;
  readonly #lab: Lab;
  readonly #tell: (message: WorkerMessage) => void;
  readonly #dmesg: DmesgLine[] = [];
  readonly #notes: string[] = [];
  readonly #diagnostics: readonly InstrumentDiagnostic[];
  readonly #pcap: PcapWriter | null;
  readonly #trace: TraceWriter | null;
  readonly #refusal: () => Refusal | null;

  constructor(
    job: Job,
    program: Program,
    diagnostics: readonly InstrumentDiagnostic[],
    tell: (message: WorkerMessage) => void,
  ) {
    this.#job = job;
    this.#tell = tell;
    this.#diagnostics = diagnostics;
    this.#lab = new Lab(program, job.config);
    const { machine } = this.#lab;
    machine.on("printk", (e) => this.#printed(e));
    machine.on("module-loaded", (e) => {
      if (e.result < 0) this.#notes.push(`insmod failed: ${e.result}`);
    });
    this.#refusal = watchRefusal(this.#lab);
    this.#pcap = job.pcap ? new PcapWriter(machine) : null;
    this.#trace = job.trace ? new TraceWriter(machine, job.config.cpus) : null;
  }

  play(): Outcome {
    const started = performance.now();
    let reason = "";
    for (let slice = 1; reason === ""; slice++) {
      const state = this.#lab.run(SLICE);
      if (state.kind === "ended") reason = state.reason;
      else if (getHeapStatistics().used_heap_size > this.#job.heapLimit) reason = "memory";
      if (slice % SLICES_PER_MESSAGE === 1) this.#progress();
    }
    const refusal = this.#refusal();
    const { model, workload } = this.#job;
    if (refusal !== null) return { kind: "refused", reason: refusedText(refusal, model, workload) };
    return {
      kind: "finished",
      reason,
      report: this.#report((performance.now() - started) / 1000, reason),
      dmesg: this.#dmesg,
      notes: this.#notes,
      diagnostics: this.#diagnostics,
      pcap: this.#pcap?.file() ?? null,
      trace: this.#trace?.file() ?? null,
    };
  }

  #printed({ timeNs, level, text }: DmesgLine): void {
    this.#dmesg.push({ timeNs, level, text });
  }

  #progress(): void {
    const { machine } = this.#lab;
    this.#tell({ kind: "progress", ticks: machine.tickCount, timeNs: machine.nowNs, place: this.#place() });
  }

  #place(): LastPlace | null {
    const place = this.#lab.machine.here();
    return place === null ? null : { file: place.file, line: place.line, column: place.column };
  }

  #report(wallSeconds: number, reason: string): Report {
    const { machine } = this.#lab;
    const result = runResult(this.#lab);
    const cutOff =
      reason === "memory" ? [outOfMemory(this.#job, this.#place(), machine.cpu.id, machine.pointCount)] : [];
    return { ...result, wallSeconds, violations: [...result.violations, ...cutOff] };
  }
}

/** A run that fills the host's memory is cut off, like one that never ends. */
export function outOfMemory(job: Job, place: LastPlace | null, cpu: number, tick: number): ViolationReport {
  const megabytes = Math.round(job.heapLimit / (1 << 20));
  return {
    rule: "run-limit",
    severity: "error",
    message: `the run was cut off: the simulated system fills more than ${megabytes} MB of memory`,
    file: place?.file ?? job.model,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    cpu,
    context: "process",
    tick,
    related: [],
    alsoRules: [],
    schedule: null,
    run: 1,
  };
}
