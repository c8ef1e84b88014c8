/** Memory of processes (arch/i386/lib/usercopy.c). User memory is bytes, an object, or `{ v }`. */
import { point } from "machine";
import { should_fail } from "../kernel/fault.ts";
import { check_arg } from "../kernel/misuse.ts";
import { __might_sleep } from "../kernel/sched.ts";
import { EFAULT } from "./errno.ts";

/** Bytes, or a struct that is copied field by field. */
export type user_memory = Uint8Array | object;

function copy(to: user_memory, from: user_memory, n: number): number {
  point();
  if (should_fail("user-copy")) return n;
  if (to instanceof Uint8Array && from instanceof Uint8Array) {
    const room = Math.min(n, to.length, from.length);
    to.set(from.subarray(0, room));
    return n - room;
  }
  Object.assign(to, from);
  return 0;
}

/**
 * Copies `n` bytes (or the fields of a struct) from a process. May sleep: process context, no spinlock.
 * @param from null is a bad address. @returns how many bytes could not be copied: not 0 means -EFAULT.
 * Linux arch/i386/lib/usercopy.c: copy_from_user.
 */
export function copy_from_user(to: user_memory, from: user_memory | null, n: number): number {
  check_arg("copy_from_user", "to", to, "object");
  __might_sleep("copy_from_user");
  return from === null || typeof from !== "object" ? n : copy(to, from, n);
}
/** copy_from_user the other way. May sleep: process context, no spinlock. Linux arch/i386/lib/usercopy.c: copy_to_user. */
export function copy_to_user(to: user_memory | null, from: user_memory, n: number): number {
  check_arg("copy_to_user", "from", from, "object");
  __might_sleep("copy_to_user");
  return to === null || typeof to !== "object" ? n : copy(to, from, n);
}
/** Reads one value of a process into `x.v`. May sleep. @returns 0, or -EFAULT. Linux include/asm-i386/uaccess.h: get_user. */
export function get_user<T>(x: { v: T }, ptr: { v: T } | null): number {
  check_arg("get_user", "x", x, "object");
  __might_sleep("get_user");
  point();
  if (ptr === null || typeof ptr !== "object") return -EFAULT;
  x.v = ptr.v;
  return 0;
}
/** Writes one value to a process. May sleep. @returns 0, or -EFAULT. Linux include/asm-i386/uaccess.h: put_user. */
export function put_user<T>(x: T, ptr: { v: T } | null): number {
  __might_sleep("put_user");
  point();
  if (ptr === null || typeof ptr !== "object") return -EFAULT;
  ptr.v = x;
  return 0;
}
export const VERIFY_READ = 0;
export const VERIFY_WRITE = 1;
/** Whether an address may belong to a process at all: 1 unless it is null. Linux include/asm-i386/uaccess.h: access_ok. */
export function access_ok(_type: number, addr: object | null, _size: number): 0 | 1 {
  return addr === null ? 0 : 1;
}
