/** Interrupt lines: which handlers are running on which CPU, and which lines are held off by disable_irq. */
import type { CpuId } from "../../machine/model.ts";
import type { Listeners } from "../rule.ts";

export class IrqLines {
  readonly #inProgress: number[][] = [];
  readonly #disabled = new Set<number>();

  readonly listeners: Listeners = {
    "irq-entered": (event) => void (this.#inProgress[event.cpu] ??= []).push(event.irq),
    "irq-handled": (event) => {
      const stack = this.#inProgress[event.cpu];
      const i = stack?.lastIndexOf(event.irq) ?? -1;
      if (i >= 0) stack!.splice(i, 1);
    },
    "irq-disabled": (event) => void this.#disabled.add(event.irq),
    "irq-enabled": (event) => {
      if (event.depth <= 0) this.#disabled.delete(event.irq);
    },
  };

  /** Lines whose handler runs on this CPU, outermost first. */
  inProgress(cpu: CpuId): readonly number[] {
    return this.#inProgress[cpu] ?? [];
  }

  /** A new interrupt of the line can be delivered on this CPU, as far as the line is concerned. */
  deliverable(irq: number, cpu: CpuId): boolean {
    return !this.#disabled.has(irq) && !this.inProgress(cpu).includes(irq);
  }

  disabled(): readonly number[] {
    return [...this.#disabled];
  }
}
