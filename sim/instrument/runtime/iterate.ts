import type { Resumable } from "../monitor.ts";
import { MachineUnwind } from "../unwind.ts";
import { isProxy } from "./proxy.ts";
import { call, isObject, twinOf } from "./values.ts";

interface Step {
  readonly done?: unknown;
  readonly value?: unknown;
}

/** What a loop steps through. `native`: by `next()` and `take()`, which never pause. */
export interface Cursor {
  readonly native: boolean;
  /** Leaving early must call `return()`. */
  readonly closes: boolean;
  value: unknown;
  /** What is iterated over, if that is memory which iterating reads. */
  readonly source: unknown;
  /** Key of what the next step reads. */
  readonly at: unknown;
  /** Goes on; true when there is nothing more. */
  next(): boolean;
  /** The next value, or undefined when there is nothing more. */
  take(): unknown;
  /** Passes over one value without looking at it. */
  skip(): void;
}

const arrayValues = Array.prototype[Symbol.iterator];
const ArrayIterator = Object.getPrototypeOf([][Symbol.iterator]()) as { next: unknown };
const arrayNext = ArrayIterator.next;

/** Is it an array that iterates as arrays do? */
export function isPlainArray(value: unknown): value is unknown[] {
  if (!Array.isArray(value) || isProxy(value)) return false;
  return value[Symbol.iterator] === arrayValues && ArrayIterator.next === arrayNext;
}

class ArrayCursor implements Cursor {
  readonly native = true;
  readonly closes = false;
  value: unknown = undefined;
  private index = 0;
  private ended = false;
  constructor(readonly source: unknown[]) {}
  get at(): number {
    return this.index;
  }
  next(): boolean {
    if (this.ended || this.index >= this.source.length) {
      this.ended = true;
      this.value = undefined;
      return true;
    }
    this.value = this.source[this.index++];
    return false;
  }
  take(): unknown {
    return this.next() ? undefined : this.value;
  }
  skip(): void {
    this.next();
  }
}

/** Any iterator. Its parts are fetched once, as the language says. */
class IteratorCursor implements Cursor {
  value: unknown = undefined;
  done = false;
  readonly native: boolean;
  readonly closes = true;
  private steps = 0;
  get at(): number {
    return this.steps;
  }
  constructor(
    readonly iterator: object,
    readonly method: unknown,
    readonly source: unknown,
  ) {
    this.native = twinOf(method) === undefined;
  }
  accept(step: unknown, wanted = true): boolean {
    this.steps++;
    if (!isObject(step)) {
      this.done = true;
      throw new TypeError(`Iterator result ${String(step)} is not an object`);
    }
    try {
      this.done = Boolean((step as Step).done);
      if (!this.done && wanted) this.value = (step as Step).value;
    } catch (error) {
      this.done = true;
      throw error;
    }
    return this.done;
  }
  next(): boolean {
    this.done = true;
    return this.accept(Reflect.apply(this.method as () => unknown, this.iterator, []));
  }
  take(): unknown {
    if (this.done) return undefined;
    return this.next() ? undefined : this.value;
  }
  skip(): void {
    if (this.done) return;
    this.done = true;
    this.accept(Reflect.apply(this.method as () => unknown, this.iterator, []), false);
  }
}

export const list = (value: unknown): Cursor | null => (isPlainArray(value) ? new ArrayCursor(value) : null);

/** Asks an iterable for its iterator. */
export function* open(iterable: unknown): Resumable<Cursor> {
  if (iterable === null || iterable === undefined) throw new TypeError(`${String(iterable)} is not iterable`);
  const method = (iterable as { [Symbol.iterator]?: unknown })[Symbol.iterator];
  if (typeof method !== "function") throw new TypeError(`${describe(iterable)} is not iterable`);
  const iterator = yield* call(method, iterable, []);
  if (!isObject(iterator)) throw new TypeError("Result of the Symbol.iterator method is not an object");
  return new IteratorCursor(iterator, (iterator as { next?: unknown }).next, iterable);
}

function describe(value: unknown): string {
  return isObject(value) ? "object" : `${typeof value} ${String(value)}`;
}

/** One step of a cursor that may pause; true when there is nothing more. */
export function* step(cursor: Cursor): Resumable<boolean> {
  const at = cursor as IteratorCursor;
  at.done = true;
  const result = yield* call(at.method, at.iterator, []);
  return at.accept(result);
}

/** The next value for a pattern. */
export function* take(cursor: Cursor): Resumable {
  const at = cursor as IteratorCursor;
  if (at.done) return undefined;
  return (yield* step(cursor)) ? undefined : cursor.value;
}

/** Passes over one value for a pattern with a hole. */
export function* skip(cursor: Cursor): Resumable<void> {
  const at = cursor as IteratorCursor;
  if (at.done) return;
  at.done = true;
  at.accept(yield* call(at.method, at.iterator, []), false);
}

/** Everything that is left. */
export function* drain(cursor: Cursor): Resumable<unknown[]> {
  const rest: unknown[] = [];
  if (cursor.native) {
    if ((cursor as IteratorCursor).done) return rest;
    while (!cursor.next()) rest.push(cursor.value);
  } else {
    if ((cursor as IteratorCursor).done) return rest;
    while (!(yield* step(cursor))) rest.push(cursor.value);
  }
  return rest;
}

/** Leaves an iterator before its end. */
export function* finish(cursor: Cursor): Resumable<void> {
  const at = cursor as IteratorCursor;
  if (!cursor.closes || at.done) return;
  at.done = true;
  const method = (at.iterator as { return?: unknown }).return;
  if (method === undefined || method === null) return;
  const result = yield* call(method, at.iterator, []);
  if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
}

/** Leaves an iterator because of an exception, which wins over what `return()` throws. */
export function* abandon(cursor: Cursor): Resumable<void> {
  try {
    yield* finish(cursor);
  } catch (error) {
    if (error instanceof MachineUnwind) throw error;
  }
}

/** `...iterable` as an array. */
export function* spread(iterable: unknown): Resumable<unknown[]> {
  const cursor = list(iterable) ?? (yield* open(iterable));
  return yield* drain(cursor);
}
