/** Names of strategies, as `--strategy` takes them. */
import type { Searcher } from "./step.ts";
import { AutoSearch } from "./strategies/auto.ts";
import { BoundedSearch } from "./strategies/bounded.ts";
import { PctSearch } from "./strategies/pct.ts";
import { PosSearch } from "./strategies/pos.ts";
import { RandomSearch } from "./strategies/random-walk.ts";
import { UniformSearch } from "./strategies/urw.ts";

export const STRATEGIES = [
  "auto",
  "random",
  "pct",
  "racy-pct",
  "pos",
  "urw",
  "surw",
  "dfs",
  "delay",
  "dpor",
] as const;
export type StrategyName = (typeof STRATEGIES)[number];

export interface SearcherOptions {
  readonly seed: number;
  /** Bound of preemptions (or delays), for systematic strategies. */
  readonly preemptions?: number;
}

export function makeSearcher(name: StrategyName, { seed, preemptions }: SearcherOptions): Searcher {
  switch (name) {
    case "auto":
      return new AutoSearch(seed);
    case "random":
      return new RandomSearch(seed);
    case "pct":
      return new PctSearch(seed);
    case "racy-pct":
      return new PctSearch(seed, { racyOnly: true });
    case "pos":
      return new PosSearch(seed);
    case "urw":
      return new UniformSearch(seed, false);
    case "surw":
      return new UniformSearch(seed, true);
    case "dfs":
      return new BoundedSearch({ bound: preemptions, cost: "preemptions" });
    case "delay":
      return new BoundedSearch({ bound: preemptions, cost: "delays" });
    case "dpor":
      return new BoundedSearch({ bound: preemptions, cost: "preemptions", reduce: true });
  }
}

/** Strategies that go through a space in order, and know when they are through. */
export function isSystematic(name: StrategyName): boolean {
  return name === "dfs" || name === "delay" || name === "dpor";
}
