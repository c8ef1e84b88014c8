/** Bytes and strings (lib/string.c, lib/vsprintf.c). C's `char *` to write to is bytes or `{ v: string }`. */
import { emit, point } from "machine";
import { check_arg, check_bounds } from "../kernel/misuse.ts";
import { c_string, vsprintf } from "./vsprintf.ts";

/** Memory that byte functions work on. */
export type byte_array = Uint8Array | number[];
/** Where C writes a string to. */
export type char_buffer = Uint8Array | { v: string };

function check_bytes(fn: string, name: string, value: unknown): void {
  if (!Array.isArray(value)) check_arg(fn, name, value, "bytes");
}

function put(dst: byte_array, at: number, src: ArrayLike<number>): void {
  if (dst instanceof Uint8Array) dst.set(src, at);
  else for (let i = 0; i < src.length; i++) dst[at + i] = src[i] as number;
}

function check_room(fn: string, name: string, array: byte_array, n: number): void {
  check_arg(fn, "n", n, "number");
  check_bounds(fn, name, n, array.length);
}

/** Tells who watches for memory that belongs to a card. */
function touched(fn: string, bytes: byte_array, size: number, write: boolean): void {
  if (bytes instanceof Uint8Array && size > 0) emit({ type: "bytes-accessed", bytes, size, write, fn });
}

/** What C reads from `src` on: behind a window over a greater buffer (`skb.data`) lies the rest of the buffer. */
function source(fn: string, src: byte_array, n: number): byte_array {
  touched(fn, src, n, false);
  const beyond = src instanceof Uint8Array && n > src.length && src.byteOffset + n <= src.buffer.byteLength;
  if (!beyond) {
    check_room(fn, "src", src, n);
    return src.slice(0, n);
  }
  emit({ type: "bytes-overread", bytes: src, size: n, fn });
  return new Uint8Array(src.buffer, src.byteOffset, n).slice();
}

/** Copies `n` bytes. @returns dst. Linux lib/string.c: memcpy. */
export function memcpy<T extends byte_array>(dst: T, src: byte_array, n: number): T {
  check_bytes("memcpy", "dst", dst);
  check_bytes("memcpy", "src", src);
  check_room("memcpy", "dst", dst, n);
  const bytes = source("memcpy", src, n);
  touched("memcpy", dst, n, true);
  point();
  put(dst, 0, bytes);
  return dst;
}
/** memcpy for areas that may overlap. @returns dst. Linux lib/string.c: memmove. */
export function memmove<T extends byte_array>(dst: T, src: byte_array, n: number): T {
  check_bytes("memmove", "dst", dst);
  check_bytes("memmove", "src", src);
  check_room("memmove", "dst", dst, n);
  const bytes = source("memmove", src, n);
  touched("memmove", dst, n, true);
  point();
  put(dst, 0, bytes);
  return dst;
}
/** Fills `n` bytes with `c`. @returns dst. Linux lib/string.c: memset. */
export function memset<T extends byte_array>(dst: T, c: number, n: number): T {
  check_bytes("memset", "dst", dst);
  check_room("memset", "dst", dst, n);
  touched("memset", dst, n, true);
  point();
  dst.fill(c & 0xff, 0, n);
  return dst;
}
/** Compares `n` bytes: negative, 0, positive. Linux lib/string.c: memcmp. */
export function memcmp(a: byte_array, b: byte_array, n: number): number {
  check_bytes("memcmp", "a", a);
  check_bytes("memcmp", "b", b);
  point();
  for (let i = 0; i < n; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A string as C reads it: a JavaScript string, or bytes up to the first zero. */
export type c_str = string | Uint8Array | { v: string };

function text(fn: string, name: string, s: c_str): string {
  if (s === null || s === undefined || typeof s === "number") check_arg(fn, name, s, "string");
  return c_string(s);
}

/** Length of a string. Linux lib/string.c: strlen. */
export function strlen(s: c_str): number {
  return text("strlen", "s", s).length;
}
/** Compares strings: negative, 0, positive. Linux lib/string.c: strcmp. */
export function strcmp(a: c_str, b: c_str): number {
  return compare(text("strcmp", "a", a), text("strcmp", "b", b));
}
/** strcmp of at most `n` characters. Linux lib/string.c: strncmp. */
export function strncmp(a: c_str, b: c_str, n: number): number {
  return compare(text("strncmp", "a", a).slice(0, n), text("strncmp", "b", b).slice(0, n));
}
/** strncmp without regard to case. Linux lib/string.c: strnicmp. */
export function strnicmp(a: c_str, b: c_str, n: number): number {
  const left = text("strnicmp", "a", a).slice(0, n).toLowerCase();
  return compare(left, text("strnicmp", "b", b).slice(0, n).toLowerCase());
}
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
/** The part of `s` that starts at character `c` (a string of one); null if there is none. Linux lib/string.c: strchr. */
export function strchr(s: c_str, c: string): string | null {
  const whole = text("strchr", "s", s);
  const at = whole.indexOf(c);
  return at < 0 ? null : whole.slice(at);
}
/** The part of `s` that starts with `what`; null if there is none. Linux lib/string.c: strstr. */
export function strstr(s: c_str, what: c_str): string | null {
  const whole = text("strstr", "s", s);
  const at = whole.indexOf(text("strstr", "what", what));
  return at < 0 ? null : whole.slice(at);
}

/** Writes a string and its zero; for bytes at most what fits. */
function write(fn: string, dst: char_buffer, s: string): void {
  check_arg(fn, "dst", dst, "object");
  point();
  if (!(dst instanceof Uint8Array)) {
    dst.v = s;
    return;
  }
  check_bounds(fn, "dst", s.length + 1, dst.length);
  for (let i = 0; i < s.length; i++) dst[i] = s.charCodeAt(i);
  dst[s.length] = 0;
}
/** Copies a string with its zero. @returns dst. Linux lib/string.c: strcpy. */
export function strcpy<T extends char_buffer>(dst: T, src: c_str): T {
  write("strcpy", dst, text("strcpy", "src", src));
  return dst;
}
/** Copies at most `n` characters. @returns dst. Linux lib/string.c: strncpy. */
export function strncpy<T extends char_buffer>(dst: T, src: c_str, n: number): T {
  const s = text("strncpy", "src", src).slice(0, n);
  if (!(dst instanceof Uint8Array)) write("strncpy", dst, s);
  else for (let i = 0; i < n; i++) dst[i] = i < s.length ? s.charCodeAt(i) : 0;
  return dst;
}
/** Copies what fits into `size` bytes, with a zero. @returns length of src. Linux lib/string.c: strlcpy. */
export function strlcpy(dst: char_buffer, src: c_str, size: number): number {
  const s = text("strlcpy", "src", src);
  if (size > 0) write("strlcpy", dst, s.slice(0, size - 1));
  return s.length;
}
/** Appends a string. @returns dst. Linux lib/string.c: strcat. */
export function strcat<T extends char_buffer>(dst: T, src: c_str): T {
  write("strcat", dst, c_string(dst) + text("strcat", "src", src));
  return dst;
}

/** Formats into `buf`. @returns number of characters. Linux lib/vsprintf.c: sprintf. */
export function sprintf(buf: char_buffer, fmt: string, ...args: unknown[]): number {
  check_arg("sprintf", "fmt", fmt, "string");
  const s = vsprintf(fmt, args);
  write("sprintf", buf, s);
  return s.length;
}
/** sprintf of at most `size` - 1 characters. @returns the length that it would have had. Linux lib/vsprintf.c: snprintf. */
export function snprintf(buf: char_buffer, size: number, fmt: string, ...args: unknown[]): number {
  check_arg("snprintf", "fmt", fmt, "string");
  const s = vsprintf(fmt, args);
  if (size > 0) write("snprintf", buf, s.slice(0, size - 1));
  return s.length;
}
/** snprintf that returns what was written. Linux lib/vsprintf.c: scnprintf. */
export function scnprintf(buf: char_buffer, size: number, fmt: string, ...args: unknown[]): number {
  return Math.min(snprintf(buf, size, fmt, ...args), Math.max(size - 1, 0));
}

/**
 * The number at the start of a string. @param endp gets the rest, or null. @param base 10, 16, 8, or 0 for C's prefixes.
 * Linux lib/vsprintf.c: simple_strtoul.
 */
export function simple_strtoul(cp: c_str, endp: { v: string } | null, base: number): number {
  return strto("simple_strtoul", cp, endp, base) >>> 0;
}
/** simple_strtoul with a sign. Linux lib/vsprintf.c: simple_strtol. */
export function simple_strtol(cp: c_str, endp: { v: string } | null, base: number): number {
  const s = text("simple_strtol", "cp", cp);
  return s.startsWith("-")
    ? -strto("simple_strtol", s.slice(1), endp, base)
    : strto("simple_strtol", s, endp, base);
}
function strto(fn: string, cp: c_str, endp: { v: string } | null, base: number): number {
  const s = text(fn, "cp", cp);
  const hex = /^0[xX](?=[0-9a-fA-F])/.test(s) && (base === 0 || base === 16);
  const real = base !== 0 ? base : hex ? 16 : s.startsWith("0") ? 8 : 10;
  let at = hex ? 2 : 0;
  let value = 0;
  for (; at < s.length; at++) {
    const digit = Number.parseInt(s[at] as string, real);
    if (Number.isNaN(digit)) break;
    value = value * real + digit;
  }
  if (endp !== null && endp !== undefined) endp.v = s.slice(at);
  return value;
}
