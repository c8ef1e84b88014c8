/** From defaults, the model's header and the command line to the settings of a run. */
import { dirname, resolve } from "node:path";
import { DEFAULT_CONFIG, type LabConfig } from "../sim/lab/config.ts";
import type { HeaderSetting } from "../sim/lab/header.ts";
import { didYouMean } from "../sim/lab/nearest.ts";
import { complaint, type Given, headerNames, OPTIONS } from "./options.ts";
import { UserError } from "./user-error.ts";

export interface Settings {
  readonly config: LabConfig;
  /** Name of a built-in workload, or an absolute path. */
  readonly workload: string;
}

/**
 * @param model absolute path of the model, for workloads beside it
 * @param given the command line's options, which win over the header's; paths in them are relative to `cwd`
 */
export function settle(model: string, header: readonly HeaderSetting[], given: Given, cwd: string): Settings {
  const fromHeader = understood(model, header);
  const last = (name: string): string | undefined => given.get(name)?.at(-1) ?? fromHeader.get(name)?.at(-1);
  const all = (name: string): string[] => [...(fromHeader.get(name) ?? []), ...(given.get(name) ?? [])];
  const count = (name: string, otherwise: number): number => Number(last(name) ?? otherwise);
  const d = DEFAULT_CONFIG;
  const workload = given.get("workload")?.at(-1);
  return {
    workload:
      workload !== undefined ? located(workload, cwd) : located(last("workload") ?? "smoke", dirname(model)),
    config: {
      cpus: count("cpus", d.cpus),
      seed: count("seed", d.seed),
      maxTicks: count("max-ticks", d.maxTicks),
      strategy: last("strategy") === "fixed" ? "fixed" : "random",
      nic: last("nic") ?? d.nic,
      nics: count("nics", d.nics),
      irq: last("irq") === "msi" ? "msi" : "intx",
      kernel: last("kernel") ?? d.kernel,
      weak: last("weak") !== undefined,
      backlog: count("backlog", d.backlog),
      faults: pairs(all("fault")),
      params: pairs(all("param")),
      races: last("races") !== undefined,
      advice: last("advice") !== undefined,
    },
  };
}

function located(workload: string, base: string): string {
  return workload.endsWith(".ts") ? resolve(base, workload) : workload;
}

/** `skb=nth:3` and `skb:nth:3` both mean that skb gets `nth:3`; later ones win. */
function pairs(values: readonly string[]): Record<string, string> {
  const result: Record<string, string> = {};
  for (const value of values) {
    const at = value.search(/[=:]/);
    result[value.slice(0, at)] = value.slice(at + 1);
  }
  return result;
}

/** Checks the words of a header as the command line is checked; a complaint points at the word. */
function understood(model: string, header: readonly HeaderSetting[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { key, value, line, column } of header) {
    const at = `${model}:${line}:${column}: error: `;
    const spec = OPTIONS.find((o) => o.header && o.name === key);
    if (spec === undefined)
      throw new UserError(`${at}@lab knows no "${key}"${didYouMean(key, headerNames())}`);
    if (spec.type !== "flag" && value === null)
      throw new UserError(`${at}@lab ${key} needs a value: ${key}=${spec.value}`);
    const problem = spec.type === "flag" ? null : complaint(spec, value!);
    if (problem !== null) throw new UserError(`${at}@lab ${key} ${problem}`);
    found.set(key, [...(found.get(key) ?? []), value ?? "true"]);
  }
  return found;
}
