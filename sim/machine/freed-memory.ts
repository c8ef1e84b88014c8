/**
 * Freed objects of the run. Freeing turns each own property into an accessor that tells the machine and then behaves as
 * the property did; live objects pay nothing. The accessors are shared by all objects that have a property of that name.
 */
import type { Place } from "./events.ts";

export interface FreedRecord {
  readonly what: string;
  readonly freedAt: Place | null;
}

export type FreedAccess = (object: object, key: string, write: boolean, freed: FreedRecord) => void;

interface Grave extends FreedRecord {
  /** What the trapped properties hold. */
  readonly values: Record<string, unknown>;
}

/** A property of the run's freed objects, and who they belong to: one machine's memory. */
interface Trap extends PropertyDescriptor {
  readonly get: () => unknown;
  readonly set: (value: unknown) => void;
}

const GRAVES = new WeakMap<object, { readonly memory: FreedMemory; readonly grave: Grave }>();
const TRAPS = new Map<string, Trap>();

export class FreedMemory {
  readonly #onAccess: FreedAccess;

  constructor(onAccess: FreedAccess) {
    this.#onAccess = onAccess;
  }

  free(object: object, what: string, freedAt: Place | null): void {
    if (GRAVES.has(object)) return;
    const values: Record<string, unknown> = {};
    GRAVES.set(object, { memory: this, grave: { what, freedAt, values } });
    if (ArrayBuffer.isView(object)) return; // elements of typed arrays cannot be trapped
    for (const key of Object.keys(object)) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key)!;
      if (!descriptor.configurable || !("value" in descriptor)) continue;
      values[key] = descriptor.value;
      Object.defineProperty(object, key, trap(key));
    }
  }

  get(object: object): FreedRecord | undefined {
    return GRAVES.get(object)?.grave;
  }

  unfree(object: object): void {
    const grave = GRAVES.get(object)?.grave;
    if (grave === undefined) return;
    GRAVES.delete(object);
    for (const [key, value] of Object.entries(grave.values)) {
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
  }

  /** A trapped property was read or written. */
  accessed(object: object, key: string, write: boolean, freed: FreedRecord): void {
    this.#onAccess(object, key, write, freed);
  }
}

function trap(key: string): Trap {
  let found = TRAPS.get(key);
  if (found === undefined) {
    found = {
      configurable: true,
      enumerable: true,
      get(this: object) {
        const entry = GRAVES.get(this);
        if (entry === undefined) return undefined;
        entry.memory.accessed(this, key, false, entry.grave);
        return entry.grave.values[key];
      },
      set(this: object, value: unknown) {
        const entry = GRAVES.get(this);
        if (entry === undefined) return;
        entry.memory.accessed(this, key, true, entry.grave);
        entry.grave.values[key] = value;
      },
    };
    TRAPS.set(key, found);
  }
  return found;
}

/** Reads a property as the debugger does: freed memory stays silent, and no getter of the program runs. */
export function peek(object: object, key: string | symbol): unknown {
  const grave = GRAVES.get(object)?.grave;
  if (grave !== undefined && typeof key === "string" && Object.hasOwn(grave.values, key))
    return grave.values[key];
  for (
    let holder: object | null = object;
    holder !== null;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
  }
  return undefined;
}
