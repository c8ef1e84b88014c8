/** Memory for packets: buffers come from their own share of the machine's memory (net/core/skbuff.c: alloc_skb's kmalloc). */

import { should_fail } from "../../kernel/fault.ts";
import { KERN_WARNING, printk } from "../../kernel/printk.ts";
import { __might_sleep, get$current } from "../../kernel/sched.ts";
import { __GFP_NOWARN, __GFP_WAIT } from "../../mm/gfp.ts";

/** Bytes that all packets together may take. */
const SKB_MEMORY = 64 * 1024 * 1024;
/** The greatest block that kmalloc gives. */
const KMALLOC_MAX = 131072;
/** What lies behind the memory that was asked for (mm/slab.c: POISON_INUSE). */
const POISON = 0x5a;
/** The end of the block, where C keeps struct skb_shared_info. */
const SHARED_INFO = 160;
let in_use = 0;

/** A buffer of `size` bytes, of which `used` were asked for, or null; may sleep with __GFP_WAIT. The fault "skb" counts the driver's calls. */
export function skb_memory_alloc(
  fn: string,
  size: number,
  gfp_mask: number,
  by_driver: boolean,
  used = size,
): Uint8Array | null {
  if (gfp_mask & __GFP_WAIT) __might_sleep(fn, gfp_mask);
  if (by_driver && should_fail("skb")) return null;
  if (size > KMALLOC_MAX || in_use + size > SKB_MEMORY) {
    if (!(gfp_mask & __GFP_NOWARN))
      printk(
        `${KERN_WARNING}${get$current().comm}: page allocation failure. order:${Math.ceil(Math.log2(size / 4096))}, mode:0x${gfp_mask.toString(16)}\n`,
      );
    return null;
  }
  in_use += size;
  return new Uint8Array(size + SHARED_INFO).fill(POISON, used).subarray(0, size);
}

/** Gives a buffer back. */
export function skb_memory_free(head: Uint8Array): void {
  in_use -= head.length;
}
