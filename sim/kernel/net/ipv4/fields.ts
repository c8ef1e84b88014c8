/**
 * Header fields over bytes. Fields are defined on the prototype at run time, not by `get` and `set` in the class: their
 * names (len, id, protocol …) are those of hot properties elsewhere, which must stay plain loads.
 */

/** Something that views bytes. */
export interface byte_view {
  bytes: Uint8Array;
}

/** Loads a 16-bit field as the (little-endian) machine does. */
export function load16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8);
}
/** Stores a 16-bit field. */
export function store16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 0xff;
  bytes[at + 1] = (value >> 8) & 0xff;
}
/** Loads a 32-bit field. */
export function load32(bytes: Uint8Array, at: number): number {
  return (load16(bytes, at) | (load16(bytes, at + 2) << 16)) >>> 0;
}
/** Stores a 32-bit field. */
export function store32(bytes: Uint8Array, at: number, value: number): void {
  store16(bytes, at, value);
  store16(bytes, at + 2, value >>> 16);
}

function define(
  prototype: byte_view,
  name: string,
  load: (bytes: Uint8Array) => number,
  store: (bytes: Uint8Array, value: number) => void,
): void {
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get(this: byte_view) {
      return load(this.bytes);
    },
    set(this: byte_view, value: number) {
      store(this.bytes, value);
    },
  });
}

/** Defines a field of 1, 2 or 4 bytes. */
export function field(prototype: byte_view, name: string, at: number, size: 1 | 2 | 4): void {
  if (size === 1) {
    define(
      prototype,
      name,
      (bytes) => bytes[at]!,
      (bytes, value) => {
        bytes[at] = value;
      },
    );
  } else if (size === 2) {
    define(
      prototype,
      name,
      (bytes) => load16(bytes, at),
      (bytes, value) => store16(bytes, at, value),
    );
  } else {
    define(
      prototype,
      name,
      (bytes) => load32(bytes, at),
      (bytes, value) => store32(bytes, at, value),
    );
  }
}

/** Defines a field of four bits: the low or the high half of a byte. */
export function nibble(prototype: byte_view, name: string, at: number, high: boolean): void {
  const shift = high ? 4 : 0;
  define(
    prototype,
    name,
    (bytes) => (bytes[at]! >> shift) & 0x0f,
    (bytes, value) => {
      bytes[at] = (bytes[at]! & ~(0x0f << shift)) | ((value & 0x0f) << shift);
    },
  );
}
