/** The little drivers that keep a rule, and the built-in workloads that their device supports. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settle } from "../../cli/settings.ts";
import { DEFAULT_CONFIG, type LabConfig } from "../../sim/lab/config.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { CARD_WORKLOADS } from "./correct.ts";

const ROOT = join(import.meta.dirname, "../rules");

/** They play a card that loses interrupts: under another workload their packets stay where they are. */
const LOSSY: ReadonlySet<string> = new Set(["txq-timeout-work-race", "txq-wake-down"]);

/** Workloads that need a card. */
const OF_A_CARD: ReadonlySet<string> = new Set(["sharedirq"]);
const SOFTWARE_WORKLOADS = CARD_WORKLOADS.filter((name) => !OF_A_CARD.has(name));

export interface Twin {
  readonly id: string;
  readonly model: string;
  /** As its header says. */
  readonly config: LabConfig;
  readonly workloads: readonly string[];
}

function twin(id: string): Twin {
  const model = join(ROOT, id, "good.ts");
  const { settings } = modelHeader(readFileSync(model, "utf8"));
  const config = { ...settle(model, settings, new Map(), ROOT).config, maxTicks: DEFAULT_CONFIG.maxTicks };
  return { id, model, config, workloads: config.nic === "none" ? SOFTWARE_WORKLOADS : CARD_WORKLOADS };
}

/** In alphabetical order. */
export const TWINS: readonly Twin[] = readdirSync(ROOT)
  .filter((id) => !LOSSY.has(id) && existsSync(join(ROOT, id, "good.ts")))
  .sort()
  .map(twin);

export interface Turn {
  readonly workload: string;
  readonly cpus: number;
  readonly seed: number;
}

/** Workload and CPUs of a twin's n-th run: they go round, so that the runs of a night see them all. */
export function turn(index: number, n: number): Turn {
  const { workloads } = TWINS[index]!;
  const k = index + n;
  return {
    workload: workloads[k % workloads.length]!,
    cpus: Math.floor(k / workloads.length) % 2 === 0 ? 2 : 4,
    seed: n + 1,
  };
}
