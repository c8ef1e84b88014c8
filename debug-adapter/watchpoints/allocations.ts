/** The memory of one run by the order of its allocation: the same number means the same object whenever the run is run again. */
import type { Machine } from "../../sim/machine/machine.ts";

export class Allocations {
  readonly #numbers = new WeakMap<object, number>();
  readonly #objects: WeakRef<object>[] = [];

  constructor(machine: Machine) {
    machine.on("memory-allocated", ({ object, failed }) => {
      if (!failed) this.#add(object);
    });
    machine.on("dma-mapped", ({ mapping }) => {
      if (mapping.kind === "coherent") this.#add(mapping);
    });
  }

  numberOf(object: object): number | null {
    return this.#numbers.get(object) ?? null;
  }

  at(number: number): object | null {
    return this.#objects[number]?.deref() ?? null;
  }

  /** Those that are still in memory, in order. */
  *all(): Generator<[number, object]> {
    for (const [number, reference] of this.#objects.entries()) {
      const object = reference.deref();
      if (object !== undefined) yield [number, object];
    }
  }

  #add(object: object): void {
    this.#numbers.set(object, this.#objects.length);
    this.#objects.push(new WeakRef(object));
  }
}
