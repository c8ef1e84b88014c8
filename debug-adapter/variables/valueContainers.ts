/** Objects of the program, expanded. Nothing here runs the program's code or touches freed memory audibly. */
import { peek } from "../../sim/machine/freed-memory.ts";
import { UserError } from "../errors.ts";
import { setProperty } from "../expressions/assign.ts";
import type { Container, Counts, Part } from "./container.ts";
import { type ObjectNotes, show, shownKeys } from "./format.ts";

/** Part that shows a value; expandable if the value has parts. */
export function valuePart(
  name: string,
  value: unknown,
  notes: ObjectNotes,
  evaluateName: string | undefined,
): Part {
  const { text, type } = show(value, notes);
  const container = containerOf(value, notes, evaluateName);
  const place = typeof value === "function" ? (notes.definition?.(value) ?? null) : null;
  return {
    name,
    value: text,
    type,
    ...(container === undefined ? {} : { container }),
    ...(place === null ? {} : { place }),
    ...(evaluateName === undefined ? {} : { evaluateName }),
  };
}

/** What a value expands to; undefined if it has no parts. */
export function containerOf(
  value: unknown,
  notes: ObjectNotes,
  evaluateName: string | undefined,
): Container | undefined {
  if (typeof value === "function") {
    return shownKeys(value).length === 0 ? undefined : new ObjectContainer(value, notes, evaluateName);
  }
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
    return new ListContainer(value as unknown as ArrayLike<unknown> & object, notes, evaluateName);
  if (value instanceof Map) return new EntriesContainer([...value.entries()], notes, true);
  if (value instanceof Set) return new EntriesContainer([...value.entries()], notes, false);
  if (value instanceof ArrayBuffer) return new ListContainer(new Uint8Array(value), notes, undefined);
  return new ObjectContainer(value, notes, evaluateName);
}

/** Does this property run code when it is read? Freed memory's accessors do not count. */
function isGetter(object: object, key: string, notes: ObjectNotes): boolean {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  return descriptor !== undefined && !("value" in descriptor) && notes.freed(object) === null;
}

class ObjectContainer implements Container {
  readonly object: object;
  readonly #notes: ObjectNotes;
  readonly #expression: string | undefined;

  constructor(object: object, notes: ObjectNotes, expression: string | undefined) {
    this.object = object;
    this.#notes = notes;
    this.#expression = expression;
  }

  count(): Counts {
    return { named: shownKeys(this.object).length, indexed: 0 };
  }

  named(start: number, count: number): Part[] {
    return shownKeys(this.object)
      .slice(start, start + count)
      .map((key) => this.#property(key));
  }

  indexed(): Part[] {
    return [];
  }

  part(key: string): Container | undefined {
    return Object.hasOwn(this.object, key) ? this.#property(key).container : undefined;
  }

  find(name: string): Part | undefined {
    return Object.hasOwn(this.object, name) ? this.#property(name) : undefined;
  }

  set(name: string, value: unknown): void {
    if (!Object.hasOwn(this.object, name)) throw new UserError(`there is no property ${name}`);
    setProperty(this.object, name, value);
  }

  #property(key: string): Part {
    const expression = memberExpression(this.#expression, key);
    if (isGetter(this.object, key, this.#notes))
      return { name: key, value: "(getter)", kind: "virtual", evaluateName: expression };
    return valuePart(key, peek(this.object, key), this.#notes, expression);
  }
}

/** Arrays and typed arrays: elements by number, other properties by name. */
class ListContainer implements Container {
  readonly object: ArrayLike<unknown> & object;
  readonly #notes: ObjectNotes;
  readonly #expression: string | undefined;

  constructor(list: ArrayLike<unknown> & object, notes: ObjectNotes, expression: string | undefined) {
    this.object = list;
    this.#notes = notes;
    this.#expression = expression;
  }

  count(): Counts {
    return { named: this.#names().length, indexed: this.object.length };
  }

  named(start: number, count: number): Part[] {
    return this.#names()
      .slice(start, start + count)
      .map((key) =>
        valuePart(key, peek(this.object, key), this.#notes, memberExpression(this.#expression, key)),
      );
  }

  indexed(start: number, count: number): Part[] {
    const parts: Part[] = [];
    const end = Math.min(this.object.length, start + count);
    for (let i = start; i < end; i++) parts.push(this.#element(i));
    return parts;
  }

  part(key: string): Container | undefined {
    return this.find(key)?.container;
  }

  find(name: string): Part | undefined {
    if (isIndex(name)) return Number(name) < this.object.length ? this.#element(Number(name)) : undefined;
    return this.#names().includes(name)
      ? valuePart(name, peek(this.object, name), this.#notes, memberExpression(this.#expression, name))
      : undefined;
  }

  set(name: string, value: unknown): void {
    if (!isIndex(name) || Number(name) >= this.object.length)
      throw new UserError(`there is no element ${name}`);
    setProperty(this.object, name, value);
  }

  #element(i: number): Part {
    const expression = this.#expression === undefined ? undefined : `${this.#expression}[${i}]`;
    return valuePart(String(i), peek(this.object, String(i)), this.#notes, expression);
  }

  #names(): string[] {
    if (ArrayBuffer.isView(this.object)) return [];
    return Object.keys(this.object).filter((key) => !isIndex(key));
  }
}

/** Map and Set: entries by number, in their order. */
class EntriesContainer implements Container {
  readonly #entries: readonly (readonly [unknown, unknown])[];
  readonly #notes: ObjectNotes;
  readonly #isMap: boolean;

  constructor(entries: readonly (readonly [unknown, unknown])[], notes: ObjectNotes, isMap: boolean) {
    this.#entries = entries;
    this.#notes = notes;
    this.#isMap = isMap;
  }

  count(): Counts {
    return { named: 0, indexed: this.#entries.length };
  }

  named(): Part[] {
    return [];
  }

  indexed(start: number, count: number): Part[] {
    return this.#entries.slice(start, start + count).map((_, i) => this.#entry(start + i));
  }

  part(key: string): Container | undefined {
    return isIndex(key) && Number(key) < this.#entries.length
      ? this.#entry(Number(key)).container
      : undefined;
  }

  #entry(i: number): Part {
    const [key, value] = this.#entries[i]!;
    const part = valuePart(String(i), value, this.#notes, undefined);
    if (!this.#isMap) return part;
    const pair = containerOf({ key, value }, this.#notes, undefined);
    return {
      ...part,
      value: `${show(key, this.#notes).text} → ${part.value}`,
      ...(pair === undefined ? {} : { container: pair }),
    };
  }
}

function isIndex(key: string): boolean {
  return /^(0|[1-9][0-9]{0,9})$/.test(key);
}

/** `dev.name`, `dev["odd key"]`. */
function memberExpression(object: string | undefined, key: string): string | undefined {
  if (object === undefined) return undefined;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${object}.${key}` : `${object}[${JSON.stringify(key)}]`;
}
