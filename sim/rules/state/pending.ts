/** What may still act on its own: interrupts on their way, timers, tasklets, work and kernel threads of the model. */
import type { Context, Task } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import type { Cards } from "./cards.ts";
import type { Resources } from "./resources.ts";

export class Pending {
  readonly #machine: RuleMachine;
  readonly #resources: Resources;
  readonly #cards: Cards;
  /** Interrupts that were requested and that no CPU has taken yet. */
  readonly #vectors = new Set<number>();
  /** Lines whose handlers are being called, or are about to be. */
  readonly #inService = new Map<Context, number>();
  /** Lines that a software driver raises itself, and whether they are up. */
  readonly #lines = new Map<number, boolean>();
  readonly #threads = new Set<Task>();

  constructor(machine: RuleMachine, resources: Resources, cards: Cards) {
    this.#cards = cards;
    this.#machine = machine;
    this.#resources = resources;
  }

  readonly listeners: Listeners = {
    "interrupt-requested": (event) => void this.#vectors.add(event.vector),
    "irq-entered": (event) => {
      this.#vectors.delete(event.irq);
      this.#inService.set(event.context, event.irq);
    },
    "context-left": (event) => void this.#inService.delete(event.left),
    "irq-line": (event) => {
      this.#lines.set(event.irq, event.level && event.raised);
      if (!event.raised && event.level) this.#vectors.delete(event.irq);
    },
    "irq-freed": (event) => {
      if (!this.#resources.irqs.some((held) => held.irq === event.irq)) this.#vectors.delete(event.irq);
    },
    "task-created": (event) => {
      if (this.#machine.here()?.model) this.#threads.add(event.created);
    },
    "task-ended": (event) => void this.#threads.delete(event.ended),
  };

  /** The line is one of lab/irq: nobody but the model raises it. */
  isSoftwareLine(irq: number): boolean {
    return this.#lines.has(irq);
  }

  /** An interrupt of the line is on its way to a CPU, or in a CPU on its way to the handlers and back. */
  interrupt(irq: number): boolean {
    return this.#vectors.has(irq) || [...this.#inService.values()].includes(irq);
  }

  /** Something of the model may still run, apart from what `discount` names (a timer that has had its chance). */
  any(discount: ReadonlySet<unknown> = NONE): boolean {
    const { irqs, timers, work, tasklets, runningTimers, runningWork } = this.#resources;
    const left = (all: Iterable<unknown>): boolean => {
      for (const one of all) if (!discount.has(one)) return true;
      return false;
    };
    if (this.#threads.size > 0 || runningWork.size > 0) return true;
    if (left(timers.keys()) || left(runningTimers) || work.size > 0 || tasklets.size > 0) return true;
    return irqs.some(({ irq }) => {
      const up = this.#lines.get(irq);
      if (this.interrupt(irq) || up === true) return true;
      return up === undefined && this.#cards.quiet(irq) !== true;
    });
  }
}

const NONE: ReadonlySet<unknown> = new Set();
