/** Small allocations (mm/util.c). */
import { check_arg } from "../kernel/misuse.ts";
import { kmalloc } from "./slab.ts";

/** A copy of a string in memory of its own, as bytes with a zero; free it with kfree. May sleep with GFP_KERNEL. @returns null when memory runs out. Linux mm/util.c: kstrdup. */
export function kstrdup(s: string, gfp: number): Uint8Array | null {
  check_arg("kstrdup", "s", s, "string");
  const buf = kmalloc(s.length + 1, gfp);
  if (buf === null) return null;
  for (let i = 0; i < s.length; i++) buf[i] = s.charCodeAt(i);
  return buf;
}
