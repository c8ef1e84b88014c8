/** Random numbers: from the seed of the run (drivers/char/random.c, net/core/utils.c). */
import { random_u32 } from "machine";
import { check_arg } from "../kernel/misuse.ts";

/** Fills `buf` with `nbytes` random bytes. Any context. Linux drivers/char/random.c: get_random_bytes. */
export function get_random_bytes(buf: Uint8Array, nbytes: number): void {
  check_arg("get_random_bytes", "buf", buf, "bytes");
  for (let i = 0; i < nbytes && i < buf.length; i++) buf[i] = random_u32() >>> 24;
}
/** A random 32-bit number. Any context. Linux net/core/utils.c: net_random. */
export function net_random(): number {
  return random_u32();
}
/** Feeds the interrupt's time to the pool. @noEffect random numbers come from the seed of the run */
export function add_interrupt_randomness(_irq: number): void {}
