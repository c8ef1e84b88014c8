/** C structs over bytes: `struct({ addr: __le32, len: __le16 })` (for hardware descriptors and wire formats). */
import { field_access } from "machine";
import { check_arg } from "../kernel/misuse.ts";

/** One field's type: how many bytes, how it is read and written. */
export class field_type<T> {
  readonly name: string;
  readonly size: number;
  readonly get: (view: DataView, offset: number) => T;
  readonly set: (view: DataView, offset: number, value: T) => void;
  constructor(
    name: string,
    size: number,
    get: (view: DataView, offset: number) => T,
    set: (view: DataView, offset: number, value: T) => void,
  ) {
    this.name = name;
    this.size = size;
    this.get = get;
    this.set = set;
  }
}

function number_field(name: string, size: 1 | 2 | 4): field_type<number> {
  if (size === 1)
    return new field_type(
      name,
      1,
      (view, at) => view.getUint8(at),
      (view, at, value) => view.setUint8(at, value),
    );
  if (size === 2)
    return new field_type(
      name,
      2,
      (view, at) => view.getUint16(at, true),
      (view, at, value) => view.setUint16(at, value, true),
    );
  return new field_type(
    name,
    4,
    (view, at) => view.getUint32(at, true),
    (view, at, value) => view.setUint32(at, value, true),
  );
}

function bigint_field(name: string): field_type<bigint> {
  return new field_type(
    name,
    8,
    (view, at) => view.getBigUint64(at, true),
    (view, at, value) => view.setBigUint64(at, BigInt(value), true),
  );
}

export const __u8: field_type<number> = number_field("__u8", 1);
export const __u16: field_type<number> = number_field("__u16", 2);
export const __u32: field_type<number> = number_field("__u32", 4);
export const __u64: field_type<bigint> = bigint_field("__u64");
/** Little-endian fields, as le16_to_cpu and its like take them. */
export const __le16: field_type<number> = number_field("__le16", 2);
export const __le32: field_type<number> = number_field("__le32", 4);
export const __le64: field_type<bigint> = bigint_field("__le64");
/** Big-endian fields: a load gives what this little-endian CPU sees; be16_to_cpu and its like swap. */
export const __be16: field_type<number> = number_field("__be16", 2);
export const __be32: field_type<number> = number_field("__be32", 4);
export const __be64: field_type<bigint> = bigint_field("__be64");
export type __u8 = number;
export type __u16 = number;
export type __u32 = number;
export type __u64 = bigint;
export type __le16 = number;
export type __le32 = number;
export type __le64 = bigint;
export type __be16 = number;
export type __be32 = number;
export type __be64 = bigint;

/** A field: a number type, `[__u8, 6]` for bytes, or another struct. */
export type field_spec =
  | field_type<number>
  | field_type<bigint>
  | readonly [field_type<number>, number]
  | struct_type<never>;

export type field_value<F> =
  F extends field_type<infer T>
    ? T
    : F extends readonly [field_type<number>, number]
      ? Uint8Array
      : F extends struct_type<infer S>
        ? struct_view<S>
        : never;

/** A view of a struct over bytes: its fields read and write the bytes. */
export type struct_view<S> = { -readonly [K in keyof S]: field_value<S[K]> };

/** The bytes of one struct: base class of all views. */
export class struct_bytes {
  /** The bytes of this struct alone. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

/** An array of views over one piece of memory, which `bytes` is. */
export type struct_array<S> = struct_view<S>[] & { readonly bytes: Uint8Array };

/** A struct's layout. C's natural alignment, little-endian, 32-bit: 64-bit fields are aligned to 4. */
export class struct_type<S> {
  /** sizeof. */
  readonly size: number;
  /** Offset of each field. */
  readonly offsets: { readonly [K in keyof S]: number };
  readonly align: number;
  readonly view_class: new (
    bytes: Uint8Array,
  ) => struct_bytes;

  constructor(fields: S, packed: boolean) {
    class view extends struct_bytes {}
    const offsets: Record<string, number> = {};
    let offset = 0;
    let align = 1;
    for (const [name, spec] of Object.entries(fields as Record<string, field_spec>)) {
      const { size, align: own } = layout(spec);
      const step = packed ? 1 : own;
      align = Math.max(align, step);
      offset = Math.ceil(offset / step) * step;
      offsets[name] = offset;
      define(view.prototype, name, spec, offset);
      offset += size;
    }
    this.size = Math.ceil(offset / align) * align;
    this.align = align;
    this.offsets = offsets as { readonly [K in keyof S]: number };
    this.view_class = view;
  }

  /** A view of the struct over `bytes` from `offset` on. */
  at(bytes: Uint8Array, offset = 0): struct_view<S> {
    check_arg("struct.at", "bytes", bytes, "bytes");
    const part = bytes.subarray(offset, offset + this.size);
    if (part.length < this.size) check_arg("struct.at", `bytes (${this.size} from ${offset})`, null, "bytes");
    return new this.view_class(part) as unknown as struct_view<S>;
  }

  /** Views of `count` structs in a row over `bytes`. */
  array(bytes: Uint8Array, count: number): struct_array<S> {
    const views: struct_view<S>[] = [];
    for (let i = 0; i < count; i++) views.push(this.at(bytes, i * this.size));
    return Object.defineProperty(views, "bytes", { value: bytes }) as struct_array<S>;
  }
}

function layout(spec: field_spec): { size: number; align: number } {
  if (spec instanceof field_type) return { size: spec.size, align: Math.min(spec.size, 4) };
  if (spec instanceof struct_type) return { size: spec.size, align: spec.align };
  const [type, count] = spec as readonly [field_type<number>, number];
  return { size: type.size * count, align: Math.min(type.size, 4) };
}

function define(prototype: object, name: string, spec: field_spec, offset: number): void {
  if (spec instanceof field_type) {
    const type = spec as field_type<unknown>;
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: struct_bytes) {
        field_access(this.bytes, offset, type.size, false);
        return type.get(this.view, offset);
      },
      set(this: struct_bytes, value: unknown) {
        field_access(this.bytes, offset, type.size, true);
        type.set(this.view, offset, value);
      },
    });
    return;
  }
  const { size } = layout(spec);
  Object.defineProperty(prototype, name, {
    enumerable: true,
    get(this: struct_bytes) {
      if (spec instanceof struct_type) return spec.at(this.bytes, offset);
      return this.bytes.subarray(offset, offset + size);
    },
    set(this: struct_bytes, value: ArrayLike<number>) {
      field_access(this.bytes, offset, size, true);
      this.bytes.set(value, offset);
    },
  });
}

/**
 * Describes a C struct: `const my_desc = struct({ addr: __le32, len: __le16, flags: __le16 })`. Fields are aligned as C
 * does. `my_desc.size`, `my_desc.at(bytes, offset)`; `kmalloc(my_desc, count, gfp)` and pci_alloc_consistent give views.
 */
export function struct<S extends { readonly [name: string]: field_spec }>(fields: S): struct_type<S> {
  check_arg("struct", "fields", fields, "object");
  return new struct_type(fields, false);
}

/** struct without padding: __attribute__((packed)). */
export function struct_packed<S extends { readonly [name: string]: field_spec }>(fields: S): struct_type<S> {
  check_arg("struct_packed", "fields", fields, "object");
  return new struct_type(fields, true);
}
