/**
 * What a CPU stores waits in a buffer of its own until a barrier, or the schedule, lets the others see it. A CPU sees its
 * own stores at once. Memory holds what the CPU that executes sees: whenever somebody else looks, it is exchanged.
 */
import type { Place } from "../events.ts";
import type { Agent, HardwareSteps } from "../hardware-steps.ts";
import type { CpuId } from "../model.ts";
import type { Scheduler } from "../scheduler.ts";
import type { Word } from "./words.ts";

/** Where and when a store was made. */
export interface StoreSite {
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

interface Store {
  readonly word: Word;
  readonly site: StoreSite;
  /** Stores of a later epoch become visible later. */
  readonly epoch: number;
  /** While memory shows it: what the word held before. Else: what it will hold. */
  other: unknown;
}

interface Buffer {
  readonly stores: Store[];
  readonly agent: Agent;
  epoch: number;
}

/** A buffer that is full lets its oldest store go. */
const CAPACITY = 16;
const NOBODY = -1;

export class StoreBuffers {
  readonly #buffers: readonly Buffer[];
  readonly #scheduler: Scheduler;
  /** Whose view memory shows; {@link NOBODY} is what is visible to all. */
  #shown: CpuId;

  constructor(cpus: number, running: CpuId, hardware: HardwareSteps, scheduler: Scheduler) {
    this.#scheduler = scheduler;
    this.#shown = running;
    this.#buffers = Array.from({ length: cpus }, (_, cpu) => ({
      stores: [],
      agent: hardware.agent(`CPU ${cpu} store buffer`),
      epoch: 0,
    }));
  }

  /** The CPU that executes is about to store. */
  store(word: Word, site: StoreSite): void {
    const buffer = this.#buffers[this.#shown]!;
    if (buffer.stores.length >= CAPACITY) this.#drain(this.#shown, buffer.stores[0]!);
    buffer.stores.push({ word, site, epoch: buffer.epoch, other: word.read() });
    if (!buffer.agent.busy) this.#offer(this.#shown);
  }

  /** A store by another CPU that the one that executes does not see, though it is older than what it is about to load. */
  unseen(word: Word): StoreSite | null {
    for (const [cpu, { stores }] of this.#buffers.entries()) {
      if (cpu === this.#shown) continue;
      const last = stores.findLast((store) => store.word.overlaps(word));
      if (last !== undefined && differs(last.other, last.word.read())) return last.site;
    }
    return null;
  }

  /** Later stores of the CPU become visible after those that it has made. */
  divide(cpu: CpuId): void {
    if (this.#buffers[cpu]!.stores.length > 0) this.#buffers[cpu]!.epoch++;
  }

  /** What the CPU stored before it was told to divide becomes visible. */
  publish(cpu: CpuId): void {
    const { stores, epoch } = this.#buffers[cpu]!;
    while (stores.length > 0 && stores[0]!.epoch < epoch) this.#drain(cpu, stores[0]!);
  }

  /** All that the CPU has stored becomes visible. */
  flush(cpu: CpuId): void {
    const { stores } = this.#buffers[cpu]!;
    while (stores.length > 0) this.#drain(cpu, stores[0]!);
  }

  /** What was stored into the object becomes visible: it changes its nature. */
  settle(object: object): void {
    for (const [cpu, { stores }] of this.#buffers.entries())
      for (const store of stores.filter(({ word }) => word.within(object))) this.#drain(cpu, store);
  }

  /** Another CPU executes. */
  show(cpu: CpuId): void {
    if (cpu === this.#shown) return;
    for (const store of this.#buffers[this.#shown]?.stores.toReversed() ?? []) exchange(store);
    this.#shown = cpu;
    for (const store of this.#buffers[cpu]?.stores ?? []) exchange(store);
  }

  /** `look` sees what is visible to all. */
  asDevice<T>(look: () => T): T {
    const shown = this.#shown;
    this.show(NOBODY);
    try {
      return look();
    } finally {
      this.show(shown);
    }
  }

  #drain(cpu: CpuId, store: Store): void {
    const { stores, agent } = this.#buffers[cpu]!;
    const write = (): void => {
      stores.splice(stores.indexOf(store), 1);
    };
    // its own CPU sees it already
    if (cpu === this.#shown) write();
    else
      this.asDevice(() => {
        store.word.write(store.other);
        write();
      });
    if (stores.length === 0) agent.cancel();
  }

  #offer(cpu: CpuId): void {
    const { stores, agent } = this.#buffers[cpu]!;
    agent.whenever(() => {
      const ready = stores.filter((store, i) => mayGo(store, stores.slice(0, i)));
      this.#drain(cpu, ready[this.#scheduler.choose("visible-store", ready.length)]!);
      if (stores.length > 0) this.#offer(cpu);
    });
  }
}

function exchange(store: Store): void {
  const { word, other } = store;
  store.other = word.read();
  word.write(other);
}

/** No older store must become visible first. */
function mayGo({ word, epoch }: Store, older: readonly Store[]): boolean {
  return older.every((store) => store.epoch === epoch && !store.word.overlaps(word));
}

function differs(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return !Object.is(a, b);
  return a.some((byte, i) => byte !== b[i]);
}
