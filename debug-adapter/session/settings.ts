/** Settings of a run: the defaults, then what the model says of itself, then the launch configuration. */
import { DEFAULT_CONFIG, type LabConfig } from "../../sim/lab/config.ts";
import type { HeaderSetting } from "../../sim/lab/header.ts";
import type { Decision } from "../../sim/machine/schedule.ts";
import { type LaunchArguments, namedSettings, workloadPath } from "./launchArguments.ts";

export interface Settings {
  readonly config: LabConfig;
  /** Name of a built-in workload, or the absolute path of a file. */
  readonly workload: string;
  /** Recorded decisions, after which the run goes on in fixed order. */
  readonly decisions?: readonly Decision[];
}

export function settle(args: LaunchArguments, model: string, header: readonly HeaderSetting[]): Settings {
  const fromHeader = headerConfig(header);
  const named = namedSettings(args);
  const config: LabConfig = {
    ...DEFAULT_CONFIG,
    ...fromHeader,
    ...named,
    faults: { ...fromHeader.faults, ...named.faults },
    params: { ...fromHeader.params, ...named.params },
  };
  const workload = args.workload ?? header.findLast(({ key }) => key === "workload")?.value ?? "smoke";
  return { config, workload: workloadPath(workload, model) };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Words of `@lab` that a run understands; others (budgets of an exploration) mean nothing here. */
function headerConfig(header: readonly HeaderSetting[]): Partial<Mutable<LabConfig>> {
  const config: Partial<Mutable<LabConfig>> = {};
  for (const { key, value } of header) {
    switch (key) {
      case "cpus":
      case "seed":
      case "nics":
      case "backlog":
        if (isCount(value)) config[key] = Number(value);
        break;
      case "max-ticks":
        if (isCount(value)) config.maxTicks = Number(value);
        break;
      case "nic":
      case "kernel":
        if (value !== null) config[key] = value;
        break;
      case "irq":
        if (value === "intx" || value === "msi") config.irq = value;
        break;
      case "strategy":
        config.strategy = value === "fixed" ? "fixed" : "random";
        break;
      case "weak":
      case "advice":
        config[key] = true;
        break;
      case "fault":
        config.faults = { ...config.faults, ...pair(value) };
        break;
      case "param":
        config.params = { ...config.params, ...pair(value) };
        break;
    }
  }
  return config;
}

function isCount(value: string | null): value is string {
  return value !== null && /^[0-9]{1,12}$/.test(value);
}

/** `skb:nth:3` and `skb=nth:3` both mean that skb gets `nth:3`. */
function pair(value: string | null): Record<string, string> {
  const at = value?.search(/[=:]/) ?? -1;
  return value === null || at < 0 ? {} : { [value.slice(0, at)]: value.slice(at + 1) };
}
