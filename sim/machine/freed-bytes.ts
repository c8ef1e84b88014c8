/**
 * Freed memory that is bytes: elements of typed arrays cannot be trapped, so each access of the program to a view is looked
 * at, whatever its spelling: elements, methods, spreads, loops, copies, and views that were made before the free.
 */
import { type AccessKind, CALL, STORE } from "../instrument/monitor.ts";
import type { Place } from "./events.ts";

interface FreedBytes {
  /** What the bytes belonged to. */
  readonly owner: object;
  readonly what: string;
  readonly freedAt: Place | null;
}

/** Told of a use of freed bytes. */
export type FreedBytesUse = (
  owner: object,
  what: string,
  key: string,
  write: boolean,
  freedAt: Place | null,
) => void;

/** Methods and properties that make or describe a view and touch no byte. */
const TOUCHES_NOTHING: ReadonlySet<unknown> = new Set([
  "subarray",
  "keys",
  "length",
  "byteLength",
  "byteOffset",
  "buffer",
]);
const WRITES = /^(set|fill|copyWithin|reverse|sort)/;

export class FreedByteMemory {
  readonly #freed = new WeakMap<ArrayBufferLike, FreedBytes>();
  readonly #use: FreedBytesUse;

  constructor(use: FreedBytesUse) {
    this.#use = use;
  }

  free(bytes: ArrayBufferView, owner: object, what: string, freedAt: Place | null): void {
    this.#freed.set(bytes.buffer, { owner, what, freedAt });
  }

  /** An access of the program. */
  accessed(object: unknown, key: unknown, kind: AccessKind, args: readonly unknown[] | undefined): void {
    if (ArrayBuffer.isView(object) && !TOUCHES_NOTHING.has(key))
      this.used(object, key, kind === STORE || (kind === CALL && WRITES.test(String(key))));
    if (args !== undefined)
      for (const arg of args) if (ArrayBuffer.isView(arg)) this.used(arg, undefined, false);
  }

  /** Bytes are read or written, by the program or by a function of the kernel for it. */
  used(bytes: ArrayBufferView, key: unknown, write: boolean): void {
    const freed = this.#freed.get(bytes.buffer);
    if (freed === undefined) return;
    const element = typeof key === "number" || /^\d+$/.test(String(key));
    this.#use(freed.owner, freed.what, element ? `data[${String(key)}]` : "data", write, freed.freedAt);
  }
}
