/**
 * Register writes on their way to a card. They arrive one by one, some time after the CPU has sent them; a read pushes
 * them. They arrive in order of sending; with weak ordering those of two CPUs may change places, unless a barrier
 * (mmiowb) came between them.
 */
import type { Engine } from "./nic.ts";

export interface PostedWrite {
  readonly bar: number;
  readonly offset: number;
  readonly size: number;
  readonly value: number;
  readonly cpu: number;
}

/** What made a write arrive. */
export type Push = "time" | "read" | "port" | "config";

interface Underway extends PostedWrite {
  /** Writes that must arrive before this one. */
  readonly behind: readonly Underway[];
  /** Whatever is sent from now on stays behind it. */
  ordered: boolean;
  arrived: boolean;
}

const DELAY_NS = 400;

export class PostedWrites {
  readonly #writes: Underway[] = [];
  readonly #engine: Engine;
  readonly #arrive: (write: PostedWrite, by: Push, left: number) => void;
  /** With weak ordering: which of `n` writes that may arrive next does. */
  readonly #choose: ((n: number) => number) | null;

  constructor(
    engine: Engine,
    arrive: (write: PostedWrite, by: Push, left: number) => void,
    choose: ((n: number) => number) | null,
  ) {
    this.#engine = engine;
    this.#arrive = arrive;
    this.#choose = choose;
  }

  get outstanding(): number {
    return this.#writes.length;
  }

  get writes(): readonly PostedWrite[] {
    return this.#writes;
  }

  send(write: PostedWrite): void {
    const behind = this.#writes.filter((earlier) => earlier.ordered || earlier.cpu === write.cpu);
    this.#writes.push({ ...write, behind, ordered: false, arrived: false });
    if (!this.#engine.busy) this.#engine.after(DELAY_NS, () => this.#step());
  }

  /** What the CPU has sent so far arrives before what anybody sends from now on. */
  barrier(cpu: number): void {
    for (const write of this.#writes) if (write.cpu === cpu) write.ordered = true;
  }

  /** Everything under way arrives now. */
  flush(by: Exclude<Push, "time">): void {
    while (this.#writes.length > 0) this.#one(this.#writes[0]!, by);
    this.#engine.cancel();
  }

  /** What is under way is lost. */
  drop(): void {
    this.#writes.length = 0;
    this.#engine.cancel();
  }

  #step(): void {
    if (this.#writes.length === 0) return;
    this.#one(this.#next(), "time");
    if (this.#writes.length > 0) this.#engine.after(0, () => this.#step());
  }

  #next(): Underway {
    const first = this.#writes[0]!;
    if (this.#choose === null) return first;
    const possible = this.#writes.filter(({ behind }) => behind.every((earlier) => earlier.arrived));
    return possible[this.#choose(possible.length)] ?? first;
  }

  #one(write: Underway, by: Push): void {
    this.#writes.splice(this.#writes.indexOf(write), 1);
    write.arrived = true;
    this.#arrive(write, by, this.#writes.length);
  }
}
