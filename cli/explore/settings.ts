/** How far an exploration goes: strategy, budget, share. */
import { STRATEGIES, type StrategyName } from "../../sim/explore/searchers.ts";
import type { ViolationReport } from "../../sim/lab/result.ts";
import type { Given } from "../options.ts";
import type { Order } from "../order.ts";
import { UserError } from "../user-error.ts";

const DEFAULT_SCHEDULES = 1_000;
const DEFAULT_SECONDS = 60;
/** No limit of its own: the other one holds. */
const ANY_NUMBER = 1e9;
const ANY_TIME = 1e6;

export interface Exploration {
  readonly strategy: StrategyName;
  readonly schedules: number;
  readonly seconds: number;
  readonly preemptions: number | undefined;
  readonly shard: readonly [index: number, count: number];
  /** True of what is found: there is nothing left to look for. */
  readonly enough: (found: readonly ViolationReport[]) => boolean;
  /** Where schedules are written; null: nowhere. */
  readonly out: string | null;
  /** Go on where an earlier exploration of the model has stopped. */
  readonly resume: boolean;
}

/** The budget where neither the command line nor the model's header names one. */
export interface Budget {
  readonly schedules: number;
  readonly seconds: number;
}

/** Settings of `explore`, from the command line and the model's header. */
export function explorationFor(order: Order, given: Given): Exploration {
  const option = optionOf(order, given);
  const [schedules, time] = [option("schedules"), option("time")];
  const seconds = schedules === undefined ? DEFAULT_SECONDS : ANY_TIME;
  return {
    strategy: strategyNamed(option("strategy") ?? "auto"),
    schedules: Number(schedules ?? (time === undefined ? DEFAULT_SCHEDULES : ANY_NUMBER)),
    seconds: Number(time ?? seconds),
    preemptions: numberOf(option("preemptions")),
    shard: shardOf(option("shard")),
    enough: option("first") === undefined ? () => false : (found) => found.length > 0,
    out: option("out") ?? "netdev-lab-schedules",
    resume: given.has("resume"),
  };
}

/** Settings of the exploration in `check`, which always ends: both limits hold. */
export function explorationForCheck(order: Order, given: Given, budget: Budget): Exploration {
  const option = optionOf(order, given);
  return {
    ...explorationFor(order, given),
    schedules: Number(option("schedules") ?? budget.schedules),
    seconds: Number(option("time") ?? budget.seconds),
    out: option("out") ?? null,
  };
}

function optionOf(order: Order, given: Given): (name: string) => string | undefined {
  const header = new Map(order.header.settings.map((s) => [s.key, s.value ?? "true"]));
  return (name) => given.get(name)?.at(-1) ?? header.get(name);
}

function strategyNamed(name: string): StrategyName {
  // `fixed` is an order for single runs
  const strategy = STRATEGIES.find((s) => s === (name === "fixed" ? "auto" : name));
  if (strategy === undefined)
    throw new UserError(`there is no strategy "${name}"; there are ${STRATEGIES.join(", ")}`);
  return strategy;
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

function shardOf(text: string | undefined): readonly [number, number] {
  if (text === undefined) return [1, 1];
  const [, i, n] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const [index, count] = [Number(i), Number(n)];
  if (!(index >= 1 && index <= count))
    throw new UserError(`--shard must be I/N with 1 ≤ I ≤ N, not "${text}"`);
  return [index, count];
}
