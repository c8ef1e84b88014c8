/**
 * Which accesses happen before which: the edges that locks, atomic words, barriers, interrupts, softirqs, wake-ups and
 * the card draw between strands.
 */
import type { Ordering } from "../../machine/accesses.ts";
import type { CardLike } from "../../machine/hardware-events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import { learn, type VectorClock } from "./clock.ts";
import { advance, type Strand, Strands } from "./strands.ts";

/**
 * What one CPU does never at the same time, as locks of its own. With several CPUs, what keeps interrupts or softirqs off here
 * protects nothing that another CPU can reach; then only raising a softirq orders.
 */
interface PerCpu {
  readonly irqsOff: object;
  readonly bottomHalves: object;
  readonly raised: object;
}

export class Order {
  readonly #machine: RuleMachine;
  readonly #strands = new Strands();
  readonly #clocks = new WeakMap<object, VectorClock>();
  /** Of rwlocks: what readers released. */
  readonly #readers = new WeakMap<object, VectorClock>();
  readonly #cpus: PerCpu[] = [];
  readonly #births = new WeakMap<Task, VectorClock>();
  /** What the driver had written when it told the card to go on, and what of that the card has used. */
  readonly #toCards: object = {};
  readonly #fromCards: object = {};
  /** What the cards' mask registers hold. */
  readonly #masks = new WeakMap<CardLike, number>();
  #context: Context | null = null;
  #strand!: Strand;

  constructor(machine: RuleMachine) {
    this.#machine = machine;
  }

  /** The strand that executes. */
  current(context: Context): Strand {
    if (context !== this.#context) {
      this.#context = context;
      this.#strand = this.#strands.of(context);
      const birth = this.#births.get(context.task);
      if (birth !== undefined && context.kind === "process") {
        learn(this.#strand.clock, birth);
        this.#births.delete(context.task);
      }
    }
    return this.#strand;
  }

  /** An operation of the kernel that says itself what it orders. */
  operation(context: Context, on: object | null, how: Ordering): void {
    const strand = this.current(context);
    if (how === "grace") this.#strands.learnAtomic(strand);
    if (how === "acquire" || how === "both") this.#acquire(strand, on);
    if (how === "loads" || how === "fence" || how === "both") loadsDone(strand);
    if (how === "release" || how === "both") this.#release(strand, on);
    if (how === "stores" || how === "fence" || how === "both") storesDone(strand);
  }

  readonly listeners: Listeners = {
    "lock-acquired": (event) => {
      const strand = this.current(event.context);
      this.#acquire(strand, event.lock);
      const readers = event.kind === "read" ? undefined : this.#readers.get(event.lock);
      if (readers !== undefined) learn(strand.clock, readers);
    },
    "lock-release": (event) => {
      const strand = this.current(event.context);
      release(strand, event.kind === "read" ? this.#readers : this.#clocks, event.lock);
    },
    "irqs-off": (event) => this.#enter(event.context, this.#cpu(event.cpu).irqsOff),
    "irqs-on": (event) => this.#leave(event.context, this.#cpu(event.cpu).irqsOff),
    "bh-disabled": (event) => this.#enter(event.context, this.#cpu(event.cpu).bottomHalves),
    "bh-enabled": (event) => this.#leave(event.context, this.#cpu(event.cpu).bottomHalves),
    "softirq-raised": (event) => this.#release(this.current(event.context), this.#cpu(event.cpu).raised),
    "context-entered": ({ entered, cpu }) => {
      const { irqsOff, bottomHalves, raised } = this.#cpu(cpu);
      this.#enter(entered, irqsOff);
      if (entered.kind !== "softirq") return;
      this.#enter(entered, bottomHalves);
      this.#acquire(this.current(entered), raised);
    },
    "context-left": ({ left, cpu }) => {
      const { irqsOff, bottomHalves } = this.#cpu(cpu);
      this.#leave(left, irqsOff);
      if (left.kind === "softirq") this.#leave(left, bottomHalves);
    },
    "task-created": (event) => this.#start(event.context, event.created),
    "task-woken": (event) => this.#start(event.context, event.woken),
    "task-ended": (event) => this.#release(this.current(event.context), event.ended),
    "tasklet-scheduled": (event) => this.#release(this.current(event.context), event.tasklet),
    "tasklet-killed": (event) => this.#acquire(this.current(event.context), event.tasklet),
    "mmio-write": (event) => {
      const strand = this.current(event.context);
      if (event.register === "IMR") this.#masked(event.card, event.value, strand);
      this.#release(strand, this.#toCards);
      storesDone(strand);
    },
    "card-reset": (event) => void this.#masks.delete(event.card),
    "card-interrupt": (event) => {
      const unmasked = event.asserted ? this.#clocks.get(event.card) : undefined;
      if (unmasked !== undefined) this.#join(this.#fromCards, unmasked);
    },
    "mmio-read": (event) => {
      const strand = this.current(event.context);
      this.#acquire(strand, this.#fromCards);
      loadsDone(strand);
    },
    "ring-owner": (event) => {
      const used = this.#clocks.get(this.#toCards);
      if (event.owner === "driver" && used !== undefined) this.#join(this.#fromCards, used);
    },
    "irq-entered": (event) => this.#acquire(this.current(event.context), this.#fromCards),
  };

  /** A card that was masked altogether interrupts only after this write. */
  #masked(card: CardLike, mask: number, strand: Strand): void {
    if (mask !== 0 && !this.#masks.get(card)) this.#clocks.set(card, [...strand.clock]);
    this.#masks.set(card, mask);
  }

  /** The driver loads from memory that the card has written. */
  cardMemory(strand: Strand): void {
    this.#acquire(strand, this.#fromCards);
  }

  #cpu(cpu: CpuId): PerCpu {
    while (this.#cpus.length < this.#machine.cpus.length)
      this.#cpus.push({ irqsOff: {}, bottomHalves: {}, raised: {} });
    return this.#cpus[cpu]!;
  }

  #enter(context: Context, section: object): void {
    if (this.#machine.cpus.length === 1) this.#acquire(this.current(context), section);
  }

  #leave(context: Context, section: object): void {
    if (this.#machine.cpus.length === 1) this.#release(this.current(context), section);
  }

  #start(context: Context, task: Task): void {
    const strand = this.current(context);
    const birth = this.#births.get(task) ?? [];
    learn(birth, strand.clock);
    this.#births.set(task, birth);
    advance(strand);
  }

  #join(on: object, clock: VectorClock): void {
    const known = this.#clocks.get(on);
    if (known === undefined) this.#clocks.set(on, [...clock]);
    else learn(known, clock);
  }

  #acquire(strand: Strand, on: object | null): void {
    const clock = on === null ? undefined : this.#clocks.get(on);
    if (clock !== undefined) learn(strand.clock, clock);
  }

  #release(strand: Strand, on: object | null): void {
    if (on !== null) release(strand, this.#clocks, on);
  }
}

function release(strand: Strand, clocks: WeakMap<object, VectorClock>, on: object): void {
  const known = clocks.get(on);
  if (known === undefined) clocks.set(on, [...strand.clock]);
  else learn(known, strand.clock);
  advance(strand);
}

function loadsDone(strand: Strand): void {
  if (strand.loaded === null) return;
  learn(strand.clock, strand.loaded);
  strand.loaded = null;
}

function storesDone(strand: Strand): void {
  strand.published = [...strand.clock];
  advance(strand);
}
