/**
 * Register writes on their way to a card. They arrive one by one, some time after the CPU has sent them, and in order; a
 * read pushes them. Weak ordering replaces `order`.
 */
import type { Engine } from "./nic.ts";

export interface PostedWrite {
  readonly bar: number;
  readonly offset: number;
  readonly size: number;
  readonly value: number;
  readonly cpu: number;
}

/** Picks which of the writes under way arrives next: an index. In order of sending unless somebody says otherwise. */
export type PostedOrder = (writes: readonly PostedWrite[]) => number;

const DELAY_NS = 400;

export class PostedWrites {
  order: PostedOrder = () => 0;
  readonly #writes: PostedWrite[] = [];
  readonly #engine: Engine;
  readonly #arrive: (write: PostedWrite, by: "time" | "read" | "port" | "config", left: number) => void;

  constructor(
    engine: Engine,
    arrive: (write: PostedWrite, by: "time" | "read" | "port" | "config", left: number) => void,
  ) {
    this.#engine = engine;
    this.#arrive = arrive;
  }

  get outstanding(): number {
    return this.#writes.length;
  }

  get writes(): readonly PostedWrite[] {
    return this.#writes;
  }

  send(write: PostedWrite): void {
    this.#writes.push(write);
    if (!this.#engine.busy) this.#engine.after(DELAY_NS, () => this.#step());
  }

  /** Everything under way arrives now. */
  flush(by: "read" | "port" | "config"): void {
    while (this.#writes.length > 0) this.#one(0, by);
    this.#engine.cancel();
  }

  /** What is under way is lost. */
  drop(): void {
    this.#writes.length = 0;
    this.#engine.cancel();
  }

  #step(): void {
    if (this.#writes.length === 0) return;
    this.#one(this.order(this.#writes), "time");
    if (this.#writes.length > 0) this.#engine.after(0, () => this.#step());
  }

  #one(i: number, by: "time" | "read" | "port" | "config"): void {
    const [write] = this.#writes.splice(i, 1);
    if (write !== undefined) this.#arrive(write, by, this.#writes.length);
  }
}
