/** For tests: boots a model given as text or file under a workload and runs it. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readKernel } from "../../host/kernelFiles.ts";
import { DEFAULT_CONFIG, type LabConfig } from "../../sim/lab/config.ts";
import type { KernelImage } from "../../sim/lab/kernel-image.ts";
import { Lab } from "../../sim/lab/lab.ts";
import { prepare } from "../../sim/lab/program.ts";
import type { Stamped, Violation } from "../../sim/machine/events.ts";
import type { RunState } from "../../sim/machine/machine.ts";

let cached: KernelImage | undefined;

export function image(): KernelImage {
  cached ??= readKernel(import.meta.url)!.image;
  return cached;
}

export interface LabRun {
  readonly lab: Lab;
  readonly end: RunState;
  readonly violations: readonly Violation[];
  readonly dmesg: readonly string[];
  readonly events: readonly Stamped[];
}

export interface RunRequest {
  /** Path of a model, or its text. */
  readonly model: string;
  /** Name of a built-in workload, path of a file, or the text of one (contains a newline). */
  readonly workload?: string;
  readonly config?: Partial<LabConfig>;
  /** Judge by the rules (default). */
  readonly rules?: boolean;
  /** Collects every event. */
  readonly trace?: boolean;
}

const MODEL = "/model/model.ts";
const WORKLOAD = "/model/workload.ts";

export function makeLab(request: RunRequest): Lab {
  const texts = new Map<string, string>();
  let model = resolve(request.model.split("\n", 1)[0]!);
  if (request.model.includes("\n")) texts.set((model = MODEL), request.model);
  let workload = request.workload ?? "smoke";
  if (workload.includes("\n")) texts.set((workload = WORKLOAD), request.workload as string);
  else if (workload.endsWith(".ts")) workload = resolve(workload);
  const read = (path: string): string | null =>
    texts.get(path) ?? (existsSync(path) ? readFileSync(path, "utf8") : null);
  const { program, diagnostics } = prepare({ model, workload, files: { read }, image: image() });
  if (program === null) {
    throw new Error(diagnostics.map((d) => `${d.file}:${d.line}:${d.column}: ${d.message}`).join("\n"));
  }
  return new Lab(program, { ...DEFAULT_CONFIG, ...request.config }, { rules: request.rules });
}

export function runModel(request: RunRequest): LabRun {
  const lab = makeLab(request);
  const violations: Violation[] = [];
  const dmesg: string[] = [];
  const events: Stamped[] = [];
  lab.machine.on("violation", (e) => violations.push(e.violation));
  lab.machine.on("printk", (e) => dmesg.push(e.text));
  if (request.trace) lab.machine.onAny((e) => events.push({ ...e }));
  const end = lab.runToEnd();
  return { lab, end, violations, dmesg, events };
}
