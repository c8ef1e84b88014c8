/**
 * Uniform random walk: an agent is chosen with a probability proportional to what it still has to do, so that each
 * interleaving is about as likely as any other. With `selective`, only the accesses of one variable or lock, drawn for each
 * run, are interleaved so; the others follow random priorities.
 */
import type { Agent, Operation, Option, RunEnd, Searcher, Step } from "../step.ts";
import { Profile } from "./profile.ts";
import { RandomSearch } from "./random-walk.ts";

const ALL = -1;

export class UniformSearch extends RandomSearch implements Searcher {
  override readonly name: string;
  readonly #selective: boolean;
  readonly #profile = new Profile();
  /** The key whose operations are interleaved; ALL, or 0 while nothing is known. */
  #interesting = 0;
  #weights = new Map<Agent, number>();
  #priorities = new Map<Agent, number>();
  #intended: Agent | null = null;
  readonly #blocked = new Set<Agent>();
  readonly #born = new Set<Agent>();

  constructor(seed: number, selective: boolean) {
    super(seed);
    this.#selective = selective;
    this.name = selective ? "surw" : "urw";
  }

  override begin(run: number): boolean {
    super.begin(run);
    this.#priorities = new Map();
    this.#intended = null;
    this.#blocked.clear();
    this.#interesting = this.#profile.known ? this.#drawKey() : 0;
    this.#weights = this.#profile.withDescendants(
      this.#interesting === ALL ? this.#profile.agents : this.#profile.uses(this.#interesting),
    );
    this.#born.clear();
    return true;
  }

  override pick({ options, what }: Step): number {
    if (what !== null || this.#interesting === 0) return this.random.below(options.length);
    for (const { agent } of options) if (!this.#born.has(agent)) this.#appears(agent);
    for (;;) {
      const i = this.#freest(options);
      if (i < 0) {
        this.#blocked.clear();
        this.#intended = null;
        continue;
      }
      const option = options[i]!;
      if (!this.#isInteresting(option.operation)) return this.#run(i, option);
      if (this.#intended === null) this.#intended = this.#drawAgent(options);
      if (this.#intended === option.agent) {
        this.#weights.set(option.agent, this.#weightOf(option) - 1);
        this.#intended = null;
        this.#blocked.clear();
        return this.#run(i, option);
      }
      this.#blocked.add(option.agent);
    }
  }

  override end(end: RunEnd): void {
    if (!end.failed || !this.#profile.known) {
      this.#profile.learn(end.trace);
      this.#profile.learnFamily(end.parents);
    }
  }

  /** A new agent takes its share of what its creator stood for, and perhaps its turn. */
  #appears(agent: Agent): void {
    this.#born.add(agent);
    const parent = this.#profile.parents.get(agent);
    const share = this.#weights.get(agent) ?? 0;
    if (parent === undefined || share === 0) return;
    const all = this.#weights.get(parent) ?? 0;
    this.#weights.set(parent, Math.max(0, all - share));
    if (this.#intended === parent && this.random.below(Math.max(1, all)) < share) this.#intended = agent;
  }

  /** After each operation an agent draws a new priority. */
  #run(i: number, { agent }: Option): number {
    this.#priorities.delete(agent);
    return i;
  }

  #isInteresting({ key, how }: Operation): boolean {
    return this.#interesting === ALL ? true : key === this.#interesting && how !== "release";
  }

  #weightOf({ agent, operation }: Option): number {
    const weight = this.#weights.get(agent) ?? 0;
    // more to do than the profile knew
    return weight <= 0 && this.#isInteresting(operation) ? 1 : weight;
  }

  #freest(options: readonly Option[]): number {
    let best = -1;
    let highest = -1;
    for (let i = 0; i < options.length; i++) {
      const { agent } = options[i]!;
      if (this.#blocked.has(agent)) continue;
      let priority = this.#priorities.get(agent);
      if (priority === undefined) {
        priority = this.random.u32();
        this.#priorities.set(agent, priority);
      }
      if (priority > highest) {
        highest = priority;
        best = i;
      }
    }
    return best;
  }

  #drawAgent(options: readonly Option[]): Agent {
    let total = 0;
    for (const option of options) total += this.#weightOf(option);
    let at = this.random.below(Math.max(1, total));
    for (const option of options) {
      at -= this.#weightOf(option);
      if (at < 0) return option.agent;
    }
    return options[0]!.agent;
  }

  #drawKey(): number {
    if (!this.#selective) return ALL;
    const candidates = this.#profile.candidates();
    let at = this.random.below(candidates.reduce((sum, c) => sum + c.weight, 0));
    for (const { key, weight } of candidates) {
      at -= weight;
      if (at < 0) return key;
    }
    return ALL;
  }
}
