/** Socket buffers: the structure and its life (include/linux/skbuff.h, net/core/skbuff.c). */
import { emit, free_bytes, free_object, give_object, here, is_freed, object_id, oops, point } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { BUG, WARN_ON } from "../../kernel/panic.ts";
import { in_irq } from "../../kernel/preempt.ts";
import { KERN_EMERG, printk } from "../../kernel/printk.ts";
import { caller_in_irq, caller_irqs_off } from "../../kernel/restricted.ts";
import { atomic_dec_and_test, atomic_inc, atomic_read, atomic_set, atomic_t } from "../../lib/atomic.ts";
import { ethhdr } from "../ethernet/if_ether.ts";
import { icmphdr } from "../ipv4/icmphdr.ts";
import { iphdr } from "../ipv4/iphdr.ts";
import { udphdr } from "../ipv4/udphdr.ts";
import type { net_device } from "./net_device.ts";
import { skb_memory_alloc, skb_memory_free } from "./skb_memory.ts";
import type { sk_buff_head } from "./skb_queue.ts";
import type { sock } from "./sock.ts";

/** No checksum known, or none needed to be filled in. */
export const CHECKSUM_NONE = 0;
/** Receive: the card summed up the packet into `skb.csum`. Transmit: the card must fill in the checksum. */
export const CHECKSUM_HW = 1;
/** The card has verified the checksum. */
export const CHECKSUM_UNNECESSARY = 2;

/** The packet is for us. */
export const PACKET_HOST = 0;
/** To all. */
export const PACKET_BROADCAST = 1;
/** To a group. */
export const PACKET_MULTICAST = 2;
/** To somebody else. */
export const PACKET_OTHERHOST = 3;
/** Outgoing, as taps see it. */
export const PACKET_OUTGOING = 4;

/** Bytes of headroom that dev_alloc_skb reserves. */
export const NET_SKB_PAD = 16;
/** Headroom that puts the IP header at a multiple of four behind an Ethernet header. */
export const NET_IP_ALIGN = 2;
/** Most page fragments of one skb. */
export const MAX_SKB_FRAGS = 18;
/** Bytes that truesize counts for the structure itself. */
const SKB_STRUCT_SIZE = 160;
const SMP_CACHE_BYTES = 32;

/** A piece of a packet that lies in a page (struct skb_frag_struct). */
export class skb_frag_t {
  page: Uint8Array = NO_BYTES;
  page_offset = 0;
  size = 0;
}
const NO_BYTES = new Uint8Array(0);

/** What all clones of one buffer share (struct skb_shared_info). */
export class skb_shared_info {
  dataref = new atomic_t(1);
  nr_frags = 0;
  frags: skb_frag_t[] = [];
  frag_list: sk_buff | null = null;
  tso_size = 0;
  tso_segs = 0;
  /** @internal Somebody has asked for the fragments since the packet was given to a driver. */
  looked_at = false;
}

/** Link layer header of a packet. */
export class skb_mac_header {
  raw: Uint8Array | null = null;
  get ethernet(): ethhdr | null {
    return this.raw === null ? null : ethhdr.at(this.raw);
  }
}
/** Network header of a packet. */
export class skb_network_header {
  raw: Uint8Array | null = null;
  get iph(): iphdr | null {
    return this.raw === null ? null : iphdr.at(this.raw);
  }
}
/** Transport header of a packet. */
export class skb_transport_header {
  raw: Uint8Array | null = null;
  get uh(): udphdr | null {
    return this.raw === null ? null : udphdr.at(this.raw);
  }
  get icmph(): icmphdr | null {
    return this.raw === null ? null : icmphdr.at(this.raw);
  }
}

/**
 * A packet. `data` is a window over one head buffer: the `len - data_len` bytes between head room and tail room.
 * `tail` and `end` are offsets from the start of `head`. Protocol numbers are in network order, as in C.
 */
export class sk_buff {
  readonly id = object_id("skb");
  next: sk_buff | null = null;
  prev: sk_buff | null = null;
  /** Queue that it is on. */
  list: sk_buff_head | null = null;
  /** Socket that pays for it. */
  sk: sock | null = null;
  dev: net_device | null = null;
  /** Device on which it arrived. */
  input_dev: net_device | null = null;
  h = new skb_transport_header();
  nh = new skb_network_header();
  mac = new skb_mac_header();
  /** Free for whoever owns the packet. */
  cb: Record<string, unknown> = {};
  /** Bytes of the packet. */
  len = 0;
  /** Of these, bytes in fragments. */
  data_len = 0;
  mac_len = 0;
  csum = 0;
  cloned = 0;
  ip_summed = CHECKSUM_NONE;
  priority = 0;
  pkt_type = PACKET_HOST;
  protocol = 0;
  destructor: ((skb: sk_buff) => void) | null = null;
  truesize = 0;
  users = new atomic_t(1);
  head: Uint8Array = NO_BYTES;
  data: Uint8Array = NO_BYTES;
  tail = 0;
  end = 0;
  /** @internal */
  shinfo: skb_shared_info = NO_SHINFO;
}
const NO_SHINFO = new skb_shared_info();

/** @internal `fn` needs a packet. */
export function need_skb(fn: string, skb: sk_buff, name = "skb"): void {
  check_arg(fn, name, skb, sk_buff);
}

/** @internal Offset of `skb.data` in the head buffer. */
export function data_offset(skb: sk_buff): number {
  return skb.data.byteOffset - skb.head.byteOffset;
}

/** @internal Moves the window of linear data. */
export function set_window(skb: sk_buff, from: number, to: number): void {
  skb.tail = to;
  skb.data = skb.head.subarray(from, Math.max(from, to));
}

/** @internal Memory for packets; `by_driver` tells whether the model or the stack asks (net/core/skbuff.c: alloc_skb). */
export function __alloc_skb(fn: string, size: number, gfp_mask: number, by_driver: boolean): sk_buff | null {
  check_arg(fn, "size", size, "size");
  const rounded = (size + SMP_CACHE_BYTES - 1) & ~(SMP_CACHE_BYTES - 1);
  const head = skb_memory_alloc(fn, rounded, gfp_mask, by_driver, size);
  if (head === null) return null;
  const skb = new sk_buff();
  skb.head = head;
  skb.data = head.subarray(0, 0);
  skb.end = rounded;
  skb.truesize = rounded + SKB_STRUCT_SIZE;
  skb.shinfo = new skb_shared_info();
  emit({ type: "skb-allocated", skb, byDriver: by_driver });
  return skb;
}

/**
 * Allocates a packet with `size` bytes of tail room and no data.
 * @param gfp_mask GFP_ATOMIC, or GFP_KERNEL where sleeping is allowed
 * @returns the packet, or null when memory runs out
 * @context any with GFP_ATOMIC; process without locks with GFP_KERNEL (may sleep)
 * @source net/core/skbuff.c: alloc_skb
 */
export function alloc_skb(size: number, gfp_mask: number): sk_buff | null {
  return __alloc_skb("alloc_skb", size, gfp_mask, true);
}

/**
 * Like {@link dev_alloc_skb} with the allocation flags of your choice.
 * @source include/linux/skbuff.h: __dev_alloc_skb
 */
export function __dev_alloc_skb(length: number, gfp_mask: number): sk_buff | null {
  check_arg("__dev_alloc_skb", "length", length, "size");
  const skb = __alloc_skb("__dev_alloc_skb", length + NET_SKB_PAD, gfp_mask, true);
  if (skb !== null) set_window(skb, NET_SKB_PAD, NET_SKB_PAD);
  return skb;
}

/**
 * Allocates a packet for receiving: `length` bytes of tail room behind 16 bytes of head room; never sleeps (GFP_ATOMIC).
 * @returns the packet, or null when memory runs out
 * @context any
 * @source include/linux/skbuff.h: dev_alloc_skb
 */
export function dev_alloc_skb(length: number): sk_buff | null {
  check_arg("dev_alloc_skb", "length", length, "size");
  const skb = __alloc_skb("dev_alloc_skb", length + NET_SKB_PAD, GFP_ATOMIC_BITS, true);
  if (skb !== null) set_window(skb, NET_SKB_PAD, NET_SKB_PAD);
  return skb;
}
const GFP_ATOMIC_BITS = 0x20;

/** What all clones of the buffer share: fragments and their number. @source include/linux/skbuff.h: skb_shinfo */
export function skb_shinfo(skb: sk_buff): skb_shared_info {
  need_skb("skb_shinfo", skb);
  skb.shinfo.looked_at = true;
  return skb.shinfo;
}

/** Takes another reference. @returns the packet @context any @source include/linux/skbuff.h: skb_get */
export function skb_get(skb: sk_buff): sk_buff {
  need_skb("skb_get", skb);
  atomic_inc(skb.users);
  return skb;
}

/** 1 if somebody else holds a reference to this structure. @source include/linux/skbuff.h: skb_shared */
export function skb_shared(skb: sk_buff): number {
  need_skb("skb_shared", skb);
  return atomic_read(skb.users) !== 1 ? 1 : 0;
}

/** 1 if another sk_buff has the same data: then it must not be written. @source include/linux/skbuff.h: skb_cloned */
export function skb_cloned(skb: sk_buff): number {
  need_skb("skb_cloned", skb);
  return skb.cloned && atomic_read(skb.shinfo.dataref) !== 1 ? 1 : 0;
}

/** 1 if the headers may not be written because another sk_buff has them too. @source include/linux/skbuff.h: skb_header_cloned */
export function skb_header_cloned(skb: sk_buff): number {
  return skb_cloned(skb);
}

/** Takes the packet off its socket's account. @context any but hard interrupts @source include/linux/skbuff.h: skb_orphan */
export function skb_orphan(skb: sk_buff): void {
  need_skb("skb_orphan", skb);
  const destructor = skb.destructor;
  skb.destructor = null;
  if (destructor !== null) destructor(skb);
  skb.sk = null;
}

/** @internal Gives the data back when its last user goes (net/core/skbuff.c: skb_release_data). */
export function skb_release_data(skb: sk_buff): void {
  if (!atomic_dec_and_test(skb.shinfo.dataref)) return;
  const list = skb.shinfo.frag_list;
  skb.shinfo.frag_list = null;
  for (let frag = list; frag !== null; ) {
    const next: sk_buff | null = frag.next;
    kfree_skb(frag);
    frag = next;
  }
  skb_memory_free(skb.head);
  free_bytes(skb.head, skb, "sk_buff");
}

/** @internal The last reference is gone (net/core/skbuff.c: __kfree_skb). */
export function __kfree_skb(skb: sk_buff): void {
  const destructor = skb.destructor;
  if (destructor !== null) {
    WARN_ON(in_irq());
    skb.destructor = null;
    destructor(skb);
  }
  skb_release_data(skb);
  atomic_set(skb.users, 0);
  free_object(skb, "sk_buff");
}

/** True if the reference may be given back; reports a second free of the same packet. */
function put_reference(fn: string, skb: sk_buff): boolean {
  need_skb(fn, skb);
  const state = { inIrq: caller_in_irq(), irqsDisabled: caller_irqs_off() };
  if (is_freed(skb) || atomic_read(skb.users) <= 0) {
    emit({ type: "skb-freed", skb, fn, ...state, users: 0, twice: true });
    return false;
  }
  const users = atomic_read(skb.users) - 1;
  emit({ type: "skb-freed", skb, fn, ...state, users, twice: false });
  return !!atomic_dec_and_test(skb.users);
}

/** @internal Frees for the kernel's own functions; `fn` names the one that lets the packet go. */
export function release_skb(fn: string, skb: sk_buff): void {
  if (put_reference(fn, skb)) __kfree_skb(skb);
}

/**
 * Gives a reference back; the last one frees the packet.
 * @context process or softirq with interrupts on; in interrupts use dev_kfree_skb_irq or dev_kfree_skb_any
 * @source net/core/skbuff.c: kfree_skb
 */
export function kfree_skb(skb: sk_buff): void {
  point();
  release_skb("kfree_skb", skb);
}

/** {@link kfree_skb} under the name that drivers use. @source include/linux/skbuff.h: dev_kfree_skb */
export function dev_kfree_skb(skb: sk_buff): void {
  point();
  release_skb("dev_kfree_skb", skb);
}

/** @internal The model's last reference goes to the stack: the model must not look at the packet any more. */
export function give_skb(skb: sk_buff): void {
  if (atomic_read(skb.users) <= 1 && here()?.model) give_object(skb, "sk_buff");
}

/** @internal First half of dev_kfree_skb_irq: true if the packet must go on the completion queue. */
export function put_for_completion(skb: sk_buff): boolean {
  return put_reference("dev_kfree_skb_irq", skb);
}

/** @internal A put went past the end of the buffer (net/core/skbuff.c: skb_over_panic). */
export function skb_over_panic(skb: sk_buff, size: number, fn: string): never {
  emit({ type: "skb-misused", skb, how: "over", fn, size });
  return skb_panic("skb_over_panic", skb, size);
}

/** @internal A push went before the start of the buffer (net/core/skbuff.c: skb_under_panic). */
export function skb_under_panic(skb: sk_buff, size: number, fn: string): never {
  emit({ type: "skb-misused", skb, how: "under", fn, size });
  return skb_panic("skb_under_panic", skb, size);
}

function skb_panic(name: string, skb: sk_buff, size: number): never {
  const where = `data:${data_offset(skb)} tail:${skb.tail} end:${skb.end}`;
  const dev = skb.dev === null ? "<NULL>" : skb.dev.name;
  printk(`${KERN_EMERG}${name}: len:${skb.len} put:${size} ${where} dev:${dev}\n`);
  BUG();
  return oops(`kernel BUG in ${name}`);
}
