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

/**
 * Whose memory a freed object is. What it held is known to the memory alone, which a later run of its machine forgets:
 * values of a WeakMap that lives long keep all that they reach until the next full garbage collection.
 */
const OWNERS = new WeakMap<object, { memory: FreedMemory | null }>();
const TRAPS = new Map<string, Trap>();

export class FreedMemory {
  readonly #onAccess: FreedAccess;
  readonly #graves = new WeakMap<object, Grave>();
  readonly #owner: { memory: FreedMemory | null } = { memory: this };

  constructor(onAccess: FreedAccess) {
    this.#onAccess = onAccess;
  }

  /** The run is over for good: its freed objects are nobody's. */
  forget(): void {
    this.#owner.memory = null;
  }

  free(object: object, what: string, freedAt: Place | null): void {
    const grave = this.#graves.get(object);
    if (grave === undefined) this.#bury(object, { what, freedAt, given: false, values: {} });
    else if (grave.given) {
      // of use to the reader is where the model let it go
      Object.assign(grave, { what, freedAt: grave.freedAt ?? freedAt, given: false });
    }
  }

  /** The object now belongs to somebody else: uses are told as those of freed memory are, until it is freed or taken back. */
  give(object: object, what: string, givenAt: Place | null): void {
    if (!this.#graves.has(object)) this.#bury(object, { what, freedAt: givenAt, given: true, values: {} });
  }

  /** A given object is given to its user again. */
  takeBack(object: object): void {
    if (this.#graves.get(object)?.given) this.unfree(object);
  }

  #bury(object: object, grave: Grave): void {
    const { values } = grave;
    OWNERS.set(object, this.#owner);
    this.#graves.set(object, grave);
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
    const grave = this.#graves.get(object);
    return grave?.given ? undefined : grave;
  }

  unfree(object: object): void {
    const grave = this.#graves.get(object);
    if (grave === undefined) return;
    this.#graves.delete(object);
    OWNERS.delete(object);
    for (const [key, value] of Object.entries(grave.values)) {
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
  }

  /** A trapped property was read. */
  read(object: object, key: string): unknown {
    const grave = this.#graves.get(object)!;
    this.#onAccess(object, key, false, grave);
    return grave.values[key];
  }

  /** A trapped property was written. */
  write(object: object, key: string, value: unknown): void {
    const grave = this.#graves.get(object)!;
    this.#onAccess(object, key, true, grave);
    grave.values[key] = value;
  }

  /** What the trapped properties hold. */
  valuesOf(object: object): Readonly<Record<string, unknown>> {
    return this.#graves.get(object)!.values;
  }
}

function trap(key: string): Trap {
  let found = TRAPS.get(key);
  if (found === undefined) {
    found = {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return OWNERS.get(this)?.memory?.read(this, key);
      },
      set(this: object, value: unknown) {
        OWNERS.get(this)?.memory?.write(this, key, value);
      },
    };
    TRAPS.set(key, found);
  }
  return found;
}

/** Takes the poison off an object that an earlier run freed; its properties are to be filled anew. */
export function exhume(object: object): void {
  if (!OWNERS.delete(object)) return;
  for (const key of Object.keys(object)) {
    const { get } = Object.getOwnPropertyDescriptor(object, key)!;
    if (get !== undefined && get === TRAPS.get(key)?.get) Object.defineProperty(object, key, PLAIN);
  }
}

const PLAIN: PropertyDescriptor = { value: undefined, writable: true, enumerable: true, configurable: true };

/** Reads a property as the debugger does: freed memory stays silent, and no getter of the program runs. */
export function peek(object: object, key: string | symbol): unknown {
  const values = OWNERS.get(object)?.memory?.valuesOf(object);
  if (values !== undefined && typeof key === "string" && Object.hasOwn(values, key)) return values[key];
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
