/**
 * Freed objects of the run, and those that were given away. Either turns each own property into an accessor that tells the
 * machine and then behaves as the property did; live objects pay nothing. The accessors are shared by all objects that
 * have a property of that name.
 */
import type { Place } from "./events.ts";

export interface FreedRecord {
  readonly what: string;
  readonly freedAt: Place | null;
  /** Not freed: given away. Its new owner may use it, whoever gave it may not. */
  readonly given: boolean;
}

export type FreedAccess = (object: object, key: string, write: boolean, freed: FreedRecord) => void;

interface Grave extends FreedRecord {
  what: string;
  freedAt: Place | null;
  given: boolean;
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
    const grave = GRAVES.get(object)?.grave;
    if (grave === undefined) this.#bury(object, { what, freedAt, given: false, values: {} });
    else if (grave.given) {
      // of use to the reader is where the model let it go
      Object.assign(grave, { what, freedAt: grave.freedAt ?? freedAt, given: false });
    }
  }

  /** The object now belongs to somebody else: uses are told as those of freed memory are, until it is freed or taken back. */
  give(object: object, what: string, givenAt: Place | null): void {
    if (!GRAVES.has(object)) this.#bury(object, { what, freedAt: givenAt, given: true, values: {} });
  }

  /** A given object is given to its user again. */
  takeBack(object: object): void {
    if (GRAVES.get(object)?.grave.given) this.unfree(object);
  }

  #bury(object: object, grave: Grave): void {
    const { values } = grave;
    GRAVES.set(object, { memory: this, grave });
    if (ArrayBuffer.isView(object)) return; // elements of typed arrays cannot be trapped
    for (const key of Object.keys(object)) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key)!;
      if (!descriptor.configurable || !("value" in descriptor)) continue;
      values[key] = descriptor.value;
      Object.defineProperty(object, key, trap(key));
    }
  }

  /** The record of a freed object; given ones are alive. */
  get(object: object): FreedRecord | undefined {
    const grave = GRAVES.get(object)?.grave;
    return grave?.given ? undefined : grave;
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

/** Takes the poison off, whoever put it on. */
export function exhume(object: object): void {
  const entry = GRAVES.get(object);
  if (entry !== undefined) entry.memory.unfree(object);
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
