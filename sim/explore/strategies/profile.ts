/** What earlier runs did: how many operations each agent executed, by key. The weights of uniform random walks. */
import type { Agent, Executed } from "../step.ts";

interface KeyProfile {
  readonly byAgent: Map<Agent, number>;
  total: number;
  writes: number;
}

export class Profile {
  readonly #keys = new Map<number, KeyProfile>();
  readonly #agents = new Map<Agent, number>();

  get known(): boolean {
    return this.#agents.size > 0;
  }

  get agents(): ReadonlyMap<Agent, number> {
    return this.#agents;
  }

  readonly #parents = new Map<Agent, Agent>();

  get parents(): ReadonlyMap<Agent, Agent> {
    return this.#parents;
  }

  learnFamily(parents: ReadonlyMap<Agent, Agent>): void {
    for (const [child, parent] of parents) this.#parents.set(child, parent);
  }

  /** What each agent has to do, what its descendants have to do included: they are to come. */
  withDescendants(own: ReadonlyMap<Agent, number>): Map<Agent, number> {
    const weights = new Map<Agent, number>();
    for (const [agent, weight] of own) {
      let at: Agent | undefined = agent;
      for (let depth = 0; at !== undefined && depth < 64; depth++) {
        weights.set(at, (weights.get(at) ?? 0) + weight);
        at = this.#parents.get(at);
      }
    }
    return weights;
  }

  /** The largest counts that any run had are kept. */
  learn(trace: readonly Executed[]): void {
    const agents = new Map<Agent, number>();
    const keys = new Map<number, KeyProfile>();
    for (const { agent, operation } of trace) {
      agents.set(agent, (agents.get(agent) ?? 0) + 1);
      if (operation.key === 0 || operation.how === "release") continue;
      let key = keys.get(operation.key);
      if (key === undefined) {
        key = { byAgent: new Map(), total: 0, writes: 0 };
        keys.set(operation.key, key);
      }
      key.byAgent.set(agent, (key.byAgent.get(agent) ?? 0) + 1);
      key.total++;
      if (operation.how !== "read") key.writes++;
    }
    for (const [agent, n] of agents) this.#agents.set(agent, Math.max(n, this.#agents.get(agent) ?? 0));
    for (const [key, found] of keys) {
      const known = this.#keys.get(key);
      if (known === undefined) this.#keys.set(key, found);
      else merge(known, found);
    }
  }

  /** Keys that at least half of the agents use (or two, if there are none), at least one to change it; with their weights. */
  candidates(): { key: number; weight: number }[] {
    const shared = [...this.#keys].filter(([, k]) => k.writes > 0 && k.byAgent.size >= 2);
    const half = Math.max(2, Math.floor(this.#agents.size / 2));
    const wide = shared.filter(([, k]) => k.byAgent.size >= half);
    return (wide.length > 0 ? wide : shared).map(([key, k]) => ({ key, weight: k.total }));
  }

  uses(key: number): ReadonlyMap<Agent, number> {
    return this.#keys.get(key)?.byAgent ?? new Map();
  }
}

function merge(into: KeyProfile, found: KeyProfile): void {
  into.total = Math.max(into.total, found.total);
  into.writes = Math.max(into.writes, found.writes);
  for (const [agent, n] of found.byAgent) into.byAgent.set(agent, Math.max(n, into.byAgent.get(agent) ?? 0));
}
