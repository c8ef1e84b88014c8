/** Clones and copies of packets, padding and checksums (net/core/skbuff.c, net/core/dev.c). */
import { emit, point } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { atomic_inc, atomic_read } from "../../lib/atomic.ts";
import { ENOMEM } from "../../lib/errno.ts";
import { GFP_ATOMIC } from "../../mm/gfp.ts";
import { csum_fold, csum_partial } from "../ipv4/checksum.ts";
import { skb_memory_alloc } from "./skb_memory.ts";
import {
  __alloc_skb,
  CHECKSUM_HW,
  CHECKSUM_NONE,
  data_offset,
  need_skb,
  release_skb,
  set_window,
  sk_buff,
  skb_cloned,
  skb_release_data,
  skb_shared,
  skb_shared_info,
} from "./skbuff.ts";

/** What a copy of the structure takes over besides the data (net/core/skbuff.c: copy_skb_header). */
function copy_header(to: sk_buff, from: sk_buff): void {
  to.dev = from.dev;
  to.input_dev = from.input_dev;
  to.priority = from.priority;
  to.protocol = from.protocol;
  to.pkt_type = from.pkt_type;
  to.ip_summed = from.ip_summed;
  to.csum = from.csum;
  to.mac_len = from.mac_len;
  to.cb = { ...from.cb };
}

/** Points the headers of `to` at the bytes where those of `from` lie, `shift` bytes further. */
function copy_header_places(to: sk_buff, from: sk_buff, shift: number): void {
  const place = (raw: Uint8Array | null): Uint8Array | null => {
    if (raw === null || raw.buffer !== from.head.buffer) return raw;
    const at = raw.byteOffset - from.head.byteOffset + shift;
    return to.head.subarray(at, to.end);
  };
  to.mac.raw = place(from.mac.raw);
  to.nh.raw = place(from.nh.raw);
  to.h.raw = place(from.h.raw);
}

/** @internal skb_clone, told who asks. */
export function clone_skb(fn: string, skb: sk_buff, by_driver: boolean): sk_buff {
  need_skb(fn, skb);
  point();
  const n = new sk_buff();
  copy_header(n, skb);
  n.head = skb.head;
  n.data = skb.data;
  n.tail = skb.tail;
  n.end = skb.end;
  n.len = skb.len;
  n.data_len = skb.data_len;
  n.truesize = skb.truesize;
  n.shinfo = skb.shinfo;
  n.mac.raw = skb.mac.raw;
  n.nh.raw = skb.nh.raw;
  n.h.raw = skb.h.raw;
  n.cloned = 1;
  skb.cloned = 1;
  atomic_inc(skb.shinfo.dataref);
  emit({ type: "skb-allocated", skb: n, byDriver: by_driver });
  return n;
}

/**
 * Another sk_buff on the same data, without owner. Neither may write the data from then on.
 * @returns the clone, or null when memory runs out
 * @context any with GFP_ATOMIC
 * @source net/core/skbuff.c: skb_clone
 */
export function skb_clone(skb: sk_buff, _gfp_mask: number): sk_buff | null {
  return clone_skb("skb_clone", skb, true);
}

/** Copies `len` bytes of a packet from `offset` on, fragments too. @returns 0, or -EFAULT if it is too short @source net/core/skbuff.c: skb_copy_bits */
export function skb_copy_bits(skb: sk_buff, offset: number, to: Uint8Array, len: number): number {
  need_skb("skb_copy_bits", skb);
  if (offset < 0 || offset + len > skb.len) return -14;
  skb.shinfo.looked_at = true;
  emit({
    type: "bytes-accessed",
    bytes: skb.data,
    size: Math.min(len, skb.data.length),
    write: false,
    fn: "skb_copy_bits",
  });
  let done = 0;
  let start = 0;
  const take = (part: Uint8Array): void => {
    const from = Math.max(offset + done - start, 0);
    if (done < len && from < part.length) {
      const bytes = part.subarray(from, from + len - done);
      to.set(bytes, done);
      done += bytes.length;
    }
    start += part.length;
  };
  take(skb.data);
  for (const frag of skb.shinfo.frags.slice(0, skb.shinfo.nr_frags)) {
    take(frag.page.subarray(frag.page_offset, frag.page_offset + frag.size));
  }
  for (let part = skb.shinfo.frag_list; part !== null; part = part.next) take(part.data);
  return 0;
}

/** @internal A linear copy with the given rooms (net/core/skbuff.c: skb_copy_expand). */
function copy_with_room(
  fn: string,
  skb: sk_buff,
  headroom: number,
  tailroom: number,
  gfp_mask: number,
): sk_buff | null {
  need_skb(fn, skb);
  const n = __alloc_skb(fn, headroom + skb.len + tailroom, gfp_mask, true);
  if (n === null) return null;
  set_window(n, headroom, headroom + skb.len);
  n.len = skb.len;
  skb_copy_bits(skb, 0, n.data, skb.len);
  const old_room = data_offset(skb);
  const room = Math.min(old_room, headroom);
  n.head.set(skb.head.subarray(old_room - room, old_room), headroom - room);
  copy_header(n, skb);
  copy_header_places(n, skb, headroom - old_room);
  return n;
}

/**
 * A copy with data of its own, linear and writable.
 * @returns the copy, or null when memory runs out
 * @context any with GFP_ATOMIC
 * @source net/core/skbuff.c: skb_copy
 */
export function skb_copy(skb: sk_buff, gfp_mask: number): sk_buff | null {
  need_skb("skb_copy", skb);
  const headroom = data_offset(skb);
  return copy_with_room("skb_copy", skb, headroom, skb.end - headroom - skb.len + skb.data_len, gfp_mask);
}

/** A copy of the structure and the linear data; fragments stay shared. @returns the copy, or null @source net/core/skbuff.c: pskb_copy */
export function pskb_copy(skb: sk_buff, gfp_mask: number): sk_buff | null {
  return skb_copy(skb, gfp_mask);
}

/** A copy with the given head and tail room. @returns the copy, or null @context any with GFP_ATOMIC @source net/core/skbuff.c: skb_copy_expand */
export function skb_copy_expand(
  skb: sk_buff,
  newheadroom: number,
  newtailroom: number,
  gfp_mask: number,
): sk_buff | null {
  return copy_with_room("skb_copy_expand", skb, newheadroom, newtailroom, gfp_mask);
}

/**
 * Gives a packet a buffer of its own with `nhead` more bytes in front and `ntail` behind. Pointers into the old data are stale.
 * @returns 0, or -ENOMEM
 * @context any with GFP_ATOMIC; the packet must not be shared
 * @source net/core/skbuff.c: pskb_expand_head
 */
export function pskb_expand_head(skb: sk_buff, nhead: number, ntail: number, gfp_mask: number): number {
  need_skb("pskb_expand_head", skb);
  check_arg("pskb_expand_head", "nhead", nhead, "number");
  return expand_head("pskb_expand_head", skb, nhead, ntail, gfp_mask, true);
}

function expand_head(
  fn: string,
  skb: sk_buff,
  nhead: number,
  ntail: number,
  gfp_mask: number,
  by_driver: boolean,
): number {
  const size = (skb.end + nhead + ntail + 31) & ~31;
  const head = skb_memory_alloc(fn, size, gfp_mask, by_driver);
  if (head === null) return -ENOMEM;
  head.set(skb.head.subarray(0, skb.tail), nhead);
  const old = new sk_buff_places(skb);
  const shinfo = new skb_shared_info();
  shinfo.nr_frags = skb.shinfo.nr_frags;
  shinfo.frags = skb.shinfo.frags.slice();
  shinfo.frag_list = skb.shinfo.frag_list;
  const from = data_offset(skb) + nhead;
  const to = skb.tail + nhead;
  if (atomic_read(skb.shinfo.dataref) === 1) skb.shinfo.frag_list = null;
  skb_release_data(skb);
  skb.shinfo = shinfo;
  skb.head = head;
  skb.end = size;
  set_window(skb, from, to);
  old.move(skb, nhead);
  skb.cloned = 0;
  return 0;
}

/** Where the headers of a packet were, to find them again in a new buffer. */
class sk_buff_places {
  mac: number;
  nh: number;
  h: number;

  constructor(skb: sk_buff) {
    const at = (raw: Uint8Array | null): number => (raw === null ? -1 : raw.byteOffset - skb.head.byteOffset);
    this.mac = at(skb.mac.raw);
    this.nh = at(skb.nh.raw);
    this.h = at(skb.h.raw);
  }

  move(skb: sk_buff, shift: number): void {
    const place = (at: number): Uint8Array | null => (at < 0 ? null : skb.head.subarray(at + shift, skb.end));
    skb.mac.raw = place(this.mac);
    skb.nh.raw = place(this.nh);
    skb.h.raw = place(this.h);
  }
}

/** The same packet with `headroom` bytes of head room and data of its own, or null. The old one is freed only by the caller. @source net/core/skbuff.c: skb_realloc_headroom */
export function skb_realloc_headroom(skb: sk_buff, headroom: number): sk_buff | null {
  need_skb("skb_realloc_headroom", skb);
  return copy_with_room("skb_realloc_headroom", skb, Math.max(headroom, data_offset(skb)), 0, GFP_ATOMIC);
}

/** Sees to `headroom` bytes of head room and private headers. @returns 0, or -ENOMEM @source include/linux/skbuff.h: skb_cow */
export function skb_cow(skb: sk_buff, headroom: number): number {
  need_skb("skb_cow", skb);
  const delta = Math.max(headroom, 16) - data_offset(skb);
  if (delta <= 0 && !skb_cloned(skb)) return 0;
  return expand_head("skb_cow", skb, Math.max((delta + 15) & ~15, 0), 0, GFP_ATOMIC, true);
}

/** A packet that nobody else holds: the same, or a clone (the reference to the shared one is given back). Null when memory runs out. @source include/linux/skbuff.h: skb_share_check */
export function skb_share_check(skb: sk_buff, _gfp_mask: number): sk_buff | null {
  need_skb("skb_share_check", skb);
  if (!skb_shared(skb)) return skb;
  const clone = clone_skb("skb_share_check", skb, false);
  release_skb("skb_share_check", skb);
  return clone;
}

/** A packet with data of its own: the same, or a copy (the clone is freed). Null when memory runs out. @source include/linux/skbuff.h: skb_unshare */
export function skb_unshare(skb: sk_buff, gfp_mask: number): sk_buff | null {
  need_skb("skb_unshare", skb);
  if (!skb_cloned(skb)) return skb;
  const copy = skb_copy(skb, gfp_mask);
  release_skb("skb_unshare", skb);
  return copy;
}

/**
 * Makes sure that `pad` zero bytes follow the data (the length stays).
 * @returns the packet or a copy with room, or null when memory runs out; then (as in 2.6.16) the packet is freed
 * @context any (GFP_ATOMIC)
 * @source net/core/skbuff.c: skb_pad
 */
export function skb_pad(skb: sk_buff, pad: number): sk_buff | null {
  need_skb("skb_pad", skb);
  check_arg("skb_pad", "pad", pad, "number");
  if (!skb_cloned(skb) && skb.data_len === 0 && skb.end - skb.tail >= pad) {
    skb.head.fill(0, skb.tail, skb.tail + pad);
    return skb;
  }
  const copy = copy_with_room("skb_pad", skb, data_offset(skb), skb.end - skb.tail + pad, GFP_ATOMIC);
  release_skb("skb_pad", skb);
  if (copy !== null) copy.head.fill(0, copy.tail, copy.tail + pad);
  return copy;
}

/**
 * Pads a packet shorter than `len` with zeros behind its data (`skb.len` stays as it is).
 * @returns the packet to go on with, or null: out of memory, the packet is freed
 * @context any (GFP_ATOMIC)
 * @source include/linux/skbuff.h: skb_padto
 */
export function skb_padto(skb: sk_buff, len: number): sk_buff | null {
  need_skb("skb_padto", skb);
  return skb.len >= len ? skb : skb_pad(skb, len - skb.len);
}

/** Moves all data into the linear part. @returns 0, or -ENOMEM @context any with GFP_ATOMIC @source net/core/dev.c: __skb_linearize */
export function skb_linearize(skb: sk_buff, gfp_mask: number): number {
  need_skb("skb_linearize", skb);
  if (skb.data_len === 0) return 0;
  const whole = new Uint8Array(skb.len);
  skb_copy_bits(skb, 0, whole, skb.len);
  const missing = Math.max(skb.data_len - (skb.end - skb.tail), 0);
  if (expand_head("skb_linearize", skb, 0, missing, gfp_mask, false) < 0) return -ENOMEM;
  const from = data_offset(skb);
  skb.shinfo.nr_frags = 0;
  skb.shinfo.frags = [];
  skb.shinfo.frag_list = null;
  skb.data_len = 0;
  set_window(skb, from, from + skb.len);
  skb.data.set(whole);
  return 0;
}

/** Sum over a part of the packet, to be folded. @source net/core/skbuff.c: skb_checksum */
export function skb_checksum(skb: sk_buff, offset: number, len: number, csum: number): number {
  need_skb("skb_checksum", skb);
  const bytes = new Uint8Array(len);
  skb_copy_bits(skb, offset, bytes, len);
  return csum_partial(bytes, len, csum);
}

/**
 * Fills in the checksum that the card was asked for (`ip_summed` CHECKSUM_HW, `csum` the place in the transport header).
 * @returns 0, or -ENOMEM
 * @source net/core/dev.c: skb_checksum_help
 */
export function skb_checksum_help(skb: sk_buff, inward: number): number {
  need_skb("skb_checksum_help", skb);
  if (inward) {
    skb.ip_summed = CHECKSUM_NONE;
    return 0;
  }
  if (skb_cloned(skb) && expand_head("skb_checksum_help", skb, 0, 0, GFP_ATOMIC, false) < 0) return -ENOMEM;
  const transport = skb.h.raw;
  if (transport === null || skb.ip_summed !== CHECKSUM_HW) return 0;
  const offset = transport.byteOffset - skb.data.byteOffset;
  const sum = csum_fold(skb_checksum(skb, offset, skb.len - offset, 0));
  skb.data[offset + skb.csum] = sum & 0xff;
  skb.data[offset + skb.csum + 1] = sum >> 8;
  skb.ip_summed = CHECKSUM_NONE;
  return 0;
}

/** Copies a packet's data to `to` (whole length) and leaves the checksum to nobody. @source net/core/skbuff.c: skb_copy_and_csum_dev */
export function skb_copy_and_csum_dev(skb: sk_buff, to: Uint8Array): void {
  need_skb("skb_copy_and_csum_dev", skb);
  if (skb.ip_summed === CHECKSUM_HW) skb_checksum_help(skb, 0);
  skb_copy_bits(skb, 0, to, skb.len);
}
