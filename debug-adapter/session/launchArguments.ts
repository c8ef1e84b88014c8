/** The launch configuration: what a user may write, and what a run is made of. */
import { DEFAULT_CONFIG, type LabConfig } from "../../sim/lab/config.ts";
import { UserError } from "../errors.ts";
import { dirname, pathOfFileUri, resolvePath } from "../platform/paths.ts";
import type { ArgumentShape, Dap } from "../protocol.ts";

export interface LaunchArguments extends Dap.LaunchRequestArguments {
  /** Absolute path of the driver model. */
  program: string;
  /** Name of a built-in workload, or a TypeScript file (relative to the model). */
  workload?: string;
  cpus?: number;
  seed?: number;
  nic?: string;
  irq?: "intx" | "msi";
  faults?: Record<string, string>;
  weak?: boolean;
  maxTicks?: number;
  stopOnEntry?: boolean;
  kernel?: string;
  strategy?: "random" | "fixed";
  advice?: boolean;
  /** Module parameters. */
  params?: Record<string, string>;
  /** Of `attach`: a saved schedule, which names model, workload and settings. */
  schedule?: string;
}

/** What `attach` takes. */
export interface AttachArguments extends Omit<LaunchArguments, "program"> {
  program?: string;
  schedule: string;
}

export const launchShape: ArgumentShape = {
  program: "string",
  workload: "string?",
  cpus: "integer?",
  seed: "integer?",
  nic: "string?",
  irq: "string?",
  faults: "object?",
  weak: "boolean?",
  maxTicks: "integer?",
  stopOnEntry: "boolean?",
  kernel: "string?",
  strategy: "string?",
  advice: "boolean?",
  noDebug: "boolean?",
  params: "object?",
};

const MAX_CPUS = 32;
/** Which calls fail. */
const SPEC = /^(nth:[1-9]\d*|every:[1-9]\d*|p:(0?\.\d+|0|1(\.0*)?))$/;

/** The settings that the configuration names, checked; settings that it does not name are left out. */
export function namedSettings(args: LaunchArguments): Partial<LabConfig> {
  check("cpus", args.cpus, 1, MAX_CPUS);
  check("seed", args.seed, 0, 2 ** 32 - 1);
  check("maxTicks", args.maxTicks, 1, Number.MAX_SAFE_INTEGER);
  oneOf("nic", args.nic, ["labnic", "none"]);
  oneOf("irq", args.irq, ["intx", "msi"]);
  oneOf("strategy", args.strategy, ["random", "fixed"]);
  oneOf("kernel", args.kernel, [DEFAULT_CONFIG.kernel]);
  texts("faults", args.faults, "nth:3");
  specs(args.faults);
  texts("params", args.params, "1");
  const { cpus, seed, nic, irq, faults, weak, maxTicks, kernel, strategy, advice, params } = args;
  const settings = { cpus, seed, nic, irq, faults, weak, maxTicks, kernel, strategy, advice, params };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** Absolute path of the model. */
export function modelPath(args: LaunchArguments): string {
  if (args.program.trim() === "") throw new UserError("launch: program is empty: name a driver model", show);
  if (!args.program.endsWith(".ts"))
    throw new UserError(
      `launch: a driver model is a TypeScript file (.ts), and ${args.program} is none`,
      show,
    );
  return resolvePath(plainPath(args.program));
}

/** Clients that write paths as URIs do so here, too. */
export function plainPath(path: string): string {
  return path.startsWith("file:") ? pathOfFileUri(path) : path;
}

/** A built-in workload's name as it is; a file's path made absolute. */
export function workloadPath(workload: string, model: string): string {
  if (!workload.endsWith(".ts")) return workload;
  return resolvePath(plainPath(workload), dirname(model));
}

const show = { show: true };

function check(name: string, value: number | undefined, min: number, max: number): void {
  if (value !== undefined && (value < min || value > max))
    throw new UserError(`launch: ${name} must be between ${min} and ${max}, not ${value}`, show);
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value))
    throw new UserError(`launch: ${name} must be ${allowed.join(" or ")}, not "${value}"`, show);
}

function texts(name: string, record: Record<string, unknown> | undefined, example: string): void {
  for (const [key, value] of Object.entries(record ?? {}))
    if (typeof value !== "string")
      throw new UserError(`launch: ${name}.${key} must be a string such as "${example}"`, show);
}

function specs(faults: Record<string, string> = {}): void {
  for (const [name, spec] of Object.entries(faults))
    if (!SPEC.test(spec))
      throw new UserError(`launch: faults.${name} must be nth:3, every:5 or p:0.1, not "${spec}"`, show);
}
