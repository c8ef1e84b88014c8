/** Words of memory: what one store changes at once, and one load looks at. */
import { type AccessKind, CALL, STORE } from "../../instrument/monitor.ts";

export interface Word {
  /** What the memory holds; for bytes a copy. */
  read(): unknown;
  write(value: unknown): void;
  /** Have the two anything in common? */
  overlaps(other: Word): boolean;
  /** Is it part of this object, or of these bytes? */
  within(object: object): boolean;
}

/** A property that holds a value: a field, or an element of an array. */
export class Field implements Word {
  readonly object: Record<string, unknown>;
  readonly key: string;

  constructor(object: object, key: string) {
    this.object = object as Record<string, unknown>;
    this.key = key;
  }

  read(): unknown {
    return this.object[this.key];
  }

  write(value: unknown): void {
    if (isField(this.object, this.key)) this.object[this.key] = value;
  }

  overlaps(other: Word): boolean {
    return other instanceof Field && other.object === this.object && other.key === this.key;
  }

  within(object: object): boolean {
    return object === this.object;
  }
}

/** Some bytes in a row. */
export class Bytes implements Word {
  readonly buffer: ArrayBufferLike;
  readonly offset: number;
  readonly size: number;

  constructor(buffer: ArrayBufferLike, offset: number, size: number) {
    this.buffer = buffer;
    this.offset = offset;
    this.size = size;
  }

  get #memory(): Uint8Array {
    return new Uint8Array(this.buffer, this.offset, this.size);
  }

  read(): Uint8Array {
    return this.#memory.slice();
  }

  write(value: unknown): void {
    this.#memory.set(value as Uint8Array);
  }

  overlaps(other: Word): boolean {
    return other instanceof Bytes && this.touches(other.buffer, other.offset, other.size);
  }

  touches(buffer: ArrayBufferLike, offset: number, size: number): boolean {
    return buffer === this.buffer && offset < this.offset + this.size && this.offset < offset + size;
  }

  within(object: object): boolean {
    return object === this.buffer || (ArrayBuffer.isView(object) && object.buffer === this.buffer);
  }
}

/** The word that an access of the program is about; null if it is none, or not known. */
export function wordOf(
  object: object,
  key: unknown,
  kind: AccessKind,
  args: readonly unknown[] | undefined,
): Word | null {
  if (ArrayBuffer.isView(object)) return bytesOf(object, key, kind, args ?? []);
  if (kind === CALL || (typeof key !== "string" && typeof key !== "number")) return null;
  return isField(object, String(key)) ? new Field(object, String(key)) : null;
}

/** Does the access change what it is about? */
export function changes(key: unknown, kind: AccessKind): boolean {
  return kind === STORE || (kind === CALL && WRITING.test(String(key)));
}

const WRITING = /^(set|fill)/;

function isField(object: object, key: string): boolean {
  if (Array.isArray(object) && key === "length") return false;
  const found = Object.getOwnPropertyDescriptor(object, key);
  return found?.writable === true;
}

function bytesOf(
  view: ArrayBufferView,
  key: unknown,
  kind: AccessKind,
  args: readonly unknown[],
): Bytes | null {
  if (kind !== CALL) {
    const index = Number(key);
    const { BYTES_PER_ELEMENT: size, length } = view as Uint8Array;
    if (!Number.isInteger(index) || index < 0 || index >= length) return null;
    return new Bytes(view.buffer, view.byteOffset + index * size, size);
  }
  return view instanceof DataView
    ? ofDataView(view, String(key), args)
    : ofMethod(view as Uint8Array, key, args);
}

/** `getUint16`, `setBigInt64` …: the width stands in the name. */
function ofDataView(view: DataView, method: string, args: readonly unknown[]): Bytes | null {
  const bits = Number(/^[gs]et\w*?(\d+)$/.exec(method)?.[1] ?? 0);
  const at = Number(args[0] ?? 0);
  if (bits === 0 || !(at >= 0 && at + bits / 8 <= view.byteLength)) return null;
  return new Bytes(view.buffer, view.byteOffset + at, bits / 8);
}

function ofMethod(view: Uint8Array, method: unknown, args: readonly unknown[]): Bytes | null {
  let from = 0;
  let count = 0;
  if (method === "set") {
    from = Number(args[1] ?? 0);
    count = (args[0] as ArrayLike<unknown> | undefined)?.length ?? 0;
  } else if (method === "fill") {
    from = Number(args[1] ?? 0);
    count = Number(args[2] ?? view.length) - from;
  }
  if (!(count > 0 && from >= 0 && from + count <= view.length)) return null;
  const { BYTES_PER_ELEMENT: size } = view;
  return new Bytes(view.buffer, view.byteOffset + from * size, count * size);
}
