/** BUG, WARN_ON, panic (kernel/panic.c, include/asm-generic/bug.h). */
import { emit, halt, here, oops } from "machine";
import { KERN_DEBUG, KERN_EMERG, printk } from "./printk.ts";

export { type arg_kind, check_arg, emit_misuse } from "./misuse.ts";

function where(): { place: string; fn: string } {
  const place = here();
  if (place === null) return { place: "?:0", fn: "?" };
  return { place: `${place.file}:${place.line}`, fn: place.fn };
}

/**
 * Reports a bug of the kernel or driver and ends the current task (in interrupt context: the run). Any context; never
 * returns. Linux include/asm-generic/bug.h: BUG.
 */
export function BUG(): never {
  const text = `kernel BUG at ${where().place}!`;
  emit({ type: "bug", text });
  return oops(text);
}

/**
 * BUG() if `condition` is true (not 0, not null). Any context. Linux include/asm-generic/bug.h: BUG_ON.
 */
export function BUG_ON(condition: unknown): void {
  if (condition) BUG();
}

/**
 * Reports "Badness" with a stack trace if `condition` is true, and goes on. Any context.
 * @returns whether it was true
 * Linux include/asm-generic/bug.h: WARN_ON.
 */
export function WARN_ON(condition: unknown): boolean {
  if (!condition) return false;
  const { place, fn } = where();
  const text = `Badness in ${fn} at ${place}`;
  emit({ type: "warn", text });
  printk(`<4>${text}\n`);
  return true;
}

/**
 * Ends the run: "Kernel panic - not syncing". Any context; never returns. Linux kernel/panic.c: panic.
 * @param fmt printf format
 */
export function panic(fmt: string, ...args: unknown[]): never {
  const text = `Kernel panic - not syncing: ${fmt}`;
  printk(`${KERN_EMERG}${text}\n`, ...args);
  return halt(text);
}

/**
 * Prints where we are. Any context. Linux arch/i386/kernel/traps.c: dump_stack.
 */
export function dump_stack(): void {
  const { place, fn } = where();
  printk(`${KERN_DEBUG} [<${place}>] ${fn}\n`);
}
