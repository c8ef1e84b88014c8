/**
 * What devices do by themselves, step by step: from a moment of virtual time on a step may happen, and when it does is a
 * decision of the schedule, beside what the CPUs may do.
 */
import type { Clock } from "./clock.ts";
import type { HardwareTransition } from "./schedule.ts";

/** One thing of the hardware that acts by itself: the transmitter of a card, its posted writes, a cable. */
export class Agent {
  readonly id: number;
  readonly name: string;
  readonly #clock: Clock;
  #step: (() => void) | null = null;
  #enabled = false;
  #lazy = false;
  #alarm: { cancelled: boolean; readonly timeNs: number } | null = null;

  constructor(id: number, name: string, clock: Clock) {
    this.id = id;
    this.name = name;
    this.#clock = clock;
  }

  /** From `ns` on, the schedule may let `step` happen. An agent has one next step: an earlier one is forgotten. */
  after(ns: number, step: () => void): void {
    this.cancel();
    this.#step = step;
    if (ns <= 0) this.#enable();
    else this.#alarm = this.#clock.at(this.#clock.nowNs + ns, () => this.#enable());
  }

  /** As `after(0, step)`, but nothing is decided sooner for its sake, and if nothing is, it need not happen. */
  whenever(step: () => void): void {
    this.cancel();
    this.#step = step;
    this.#enabled = true;
    this.#lazy = true;
  }

  cancel(): void {
    if (this.#alarm !== null) this.#alarm.cancelled = true;
    this.#alarm = null;
    this.#step = null;
    this.#enabled = false;
    this.#lazy = false;
  }

  /** A step is planned or may happen. */
  get busy(): boolean {
    return this.#step !== null;
  }

  /** Its step may happen now. */
  get enabled(): boolean {
    return this.#enabled;
  }

  /** When its step may happen; null if none is planned. */
  get dueNs(): number | null {
    return this.#step === null ? null : (this.#alarm?.timeNs ?? this.#clock.nowNs);
  }

  get lazy(): boolean {
    return this.#lazy;
  }

  /** Does the step. */
  act(): void {
    const step = this.#step;
    this.cancel();
    step?.();
  }

  #enable(): void {
    this.#alarm = null;
    this.#enabled = true;
    this.#clock.decideSoon();
  }
}

export class HardwareSteps {
  readonly #clock: Clock;
  readonly #agents: Agent[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Agents are numbered in order of creation. */
  agent(name: string): Agent {
    const agent = new Agent(this.#agents.length, name, this.#clock);
    this.#agents.push(agent);
    return agent;
  }

  get agents(): readonly Agent[] {
    return this.#agents;
  }

  name(id: number): string {
    return this.#agents[id]?.name ?? `agent ${id}`;
  }

  addTransitions(list: { push(transition: HardwareTransition): unknown }): void {
    for (const agent of this.#agents)
      if (agent.enabled) list.push({ kind: "hardware", cpu: -1, id: agent.id, lazy: agent.lazy });
  }

  act(id: number): void {
    this.#agents[id]!.act();
  }
}
