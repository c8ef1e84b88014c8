/**
 * Freed objects of the run. Freeing turns each own property into an accessor that tells the machine and then behaves as
 * the property did; live objects pay nothing.
 */
import type { Place } from "./events.ts";

export interface FreedRecord {
  readonly what: string;
  readonly freedAt: Place | null;
}

export type FreedAccess = (object: object, key: string, write: boolean, freed: FreedRecord) => void;

export class FreedMemory {
  readonly #freed = new WeakMap<object, FreedRecord>();
  readonly #onAccess: FreedAccess;

  constructor(onAccess: FreedAccess) {
    this.#onAccess = onAccess;
  }

  free(object: object, what: string, freedAt: Place | null): void {
    if (this.#freed.has(object)) return;
    const record: FreedRecord = { what, freedAt };
    this.#freed.set(object, record);
    if (ArrayBuffer.isView(object)) return; // elements of typed arrays cannot be trapped
    for (const key of Object.keys(object)) this.#trap(object, key, record);
  }

  get(object: object): FreedRecord | undefined {
    return this.#freed.get(object);
  }

  unfree(object: object): void {
    if (!this.#freed.delete(object) || ArrayBuffer.isView(object)) return;
    for (const key of Object.keys(object)) {
      const value = Object.getOwnPropertyDescriptor(object, key)?.get?.call(TELL_NOTHING);
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
  }

  #trap(object: object, key: string, record: FreedRecord): void {
    const descriptor = Object.getOwnPropertyDescriptor(object, key);
    if (!descriptor?.configurable || !("value" in descriptor)) return;
    let value: unknown = descriptor.value;
    const tell = (self: unknown, write: boolean): void => {
      if (self !== TELL_NOTHING && this.#freed.has(object)) this.#onAccess(object, key, write, record);
    };
    Object.defineProperty(object, key, {
      configurable: true,
      enumerable: true,
      get(this: unknown) {
        tell(this, false);
        return value;
      },
      set(this: unknown, next: unknown) {
        tell(this, true);
        value = next;
      },
    });
  }
}

/** Receiver with which the host reads a freed property without telling anybody (debugger, event listeners). */
const TELL_NOTHING = {};

/** Reads a property as the debugger does: freed memory stays silent, and no getter of the program runs. */
export function peek(object: object, key: string | symbol): unknown {
  for (
    let holder: object | null = object;
    holder !== null;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor === undefined) continue;
    if ("value" in descriptor) return descriptor.value;
    return holder === object ? descriptor.get?.call(TELL_NOTHING) : undefined;
  }
  return undefined;
}
