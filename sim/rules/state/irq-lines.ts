/** Interrupt lines: which handlers are running on which CPU, and which lines are held off by disable_irq. */
import type { Context, CpuId } from "../../machine/model.ts";
import type { Listeners } from "../rule.ts";

interface InProgress {
  readonly irq: number;
  readonly context: Context;
}

export class IrqLines {
  readonly #inProgress: InProgress[][] = [];
  readonly #disabled = new Set<number>();
  /** Lines with a handler of the model, and how many. */
  readonly #handlers = new Map<number, number>();
  /** Lines of lab/irq: whether each was raised since its handlers ran last. */
  readonly #raised = new Map<number, boolean>();
  readonly #levels = new Set<number>();
  readonly #spurious = new Set<number>();
  /** The `irq-enabled` now being told undoes no disable_irq. */
  unbalanced = false;

  readonly listeners: Listeners = {
    "irq-requested": (event) => {
      if (event.result === 0) this.#handlers.set(event.irq, (this.#handlers.get(event.irq) ?? 0) + 1);
    },
    "irq-freed": (event) => {
      if (event.found) this.#handlers.set(event.irq, (this.#handlers.get(event.irq) ?? 0) - 1);
    },
    "irq-line": (event) => {
      if (event.raised) this.#raised.set(event.irq, true);
      else if (event.level || !this.#raised.has(event.irq)) this.#raised.set(event.irq, false);
      if (event.level) this.#levels.add(event.irq);
    },
    "irq-entered": (event) => {
      if (this.#raised.get(event.irq) === false) this.#spurious.add(event.irq);
      else this.#spurious.delete(event.irq);
      if (this.#raised.has(event.irq) && !this.#levels.has(event.irq)) this.#raised.set(event.irq, false);
      (this.#inProgress[event.cpu] ??= []).push({ irq: event.irq, context: event.context });
    },
    "context-left": (event) => {
      const running = this.#inProgress[event.cpu];
      if (running?.length)
        this.#inProgress[event.cpu] = running.filter((entry) => entry.context !== event.left);
    },
    "irq-disabled": (event) => void this.#disabled.add(event.irq),
    "irq-enabled": (event) => {
      this.unbalanced = !this.#disabled.has(event.irq);
      if (event.depth <= 0) this.#disabled.delete(event.irq);
    },
  };

  /** Lines whose handler runs on this CPU, outermost first. */
  inProgress(cpu: CpuId): readonly number[] {
    return this.#inProgress[cpu]?.map((entry) => entry.irq) ?? NONE;
  }

  /** The handlers of a line of lab/irq run, and the model has not raised it. */
  nobodyRaised(irq: number): boolean {
    return this.#spurious.has(irq);
  }

  /** Lines whose handlers may come on this CPU: registered, not running here, not held off. */
  open(cpu: CpuId): readonly number[] {
    const safe = this.inProgress(cpu).concat(this.disabled());
    const lines = [...this.#handlers].filter(([irq, n]) => n > 0 && !safe.includes(irq));
    return lines.map(([irq]) => irq);
  }

  /** Lines that disable_irq holds off. */
  disabled(): readonly number[] {
    return this.#disabled.size === 0 ? NONE : [...this.#disabled];
  }
}

const NONE: readonly number[] = [];
