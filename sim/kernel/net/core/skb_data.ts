/** Moving the window of a packet's linear data (include/linux/skbuff.h). */
import { emit } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import { BUG_ON } from "../../kernel/panic.ts";
import {
  data_offset,
  need_skb,
  set_window,
  type sk_buff,
  skb_over_panic,
  skb_under_panic,
} from "./skbuff.ts";

/**
 * Adds `len` bytes at the end of the data.
 * @returns the bytes that were added
 * @context any; the caller owns the packet. Past the end of the buffer: skb_over_panic
 * @source include/linux/skbuff.h: skb_put
 */
export function skb_put(skb: sk_buff, len: number): Uint8Array {
  return put("skb_put", skb, len);
}

/** Like {@link skb_put}, without the test for room. @source include/linux/skbuff.h: __skb_put */
export function __skb_put(skb: sk_buff, len: number): Uint8Array {
  return put("__skb_put", skb, len);
}

function put(fn: string, skb: sk_buff, len: number): Uint8Array {
  need_skb(fn, skb);
  check_arg(fn, "len", len, "size");
  BUG_ON(skb.data_len !== 0);
  const from = data_offset(skb);
  const tail = skb.tail;
  skb.tail = tail + len;
  skb.len += len;
  if (skb.tail > skb.end) skb_over_panic(skb, len, fn);
  set_window(skb, from, skb.tail);
  return skb.head.subarray(tail, skb.tail);
}

/**
 * Adds `len` bytes in front of the data.
 * @returns the data from its new start
 * @context any; the caller owns the packet. Before the start of the buffer: skb_under_panic
 * @source include/linux/skbuff.h: skb_push
 */
export function skb_push(skb: sk_buff, len: number): Uint8Array {
  return push("skb_push", skb, len);
}

/** Like {@link skb_push}, without the test for room. @source include/linux/skbuff.h: __skb_push */
export function __skb_push(skb: sk_buff, len: number): Uint8Array {
  return push("__skb_push", skb, len);
}

function push(fn: string, skb: sk_buff, len: number): Uint8Array {
  need_skb(fn, skb);
  check_arg(fn, "len", len, "number");
  const from = data_offset(skb) - len;
  skb.len += len;
  if (from < 0) skb_under_panic(skb, len, fn);
  set_window(skb, from, skb.tail);
  return skb.data;
}

/**
 * Takes `len` bytes off the front of the data.
 * @returns the data from its new start, or null (and nothing is changed) if the packet is shorter than that
 * @context any; the caller owns the packet
 * @source include/linux/skbuff.h: skb_pull
 */
export function skb_pull(skb: sk_buff, len: number): Uint8Array | null {
  need_skb("skb_pull", skb);
  check_arg("skb_pull", "len", len, "number");
  if (len > skb.len) {
    emit({ type: "skb-misused", skb, how: "pull", fn: "skb_pull", size: len });
    return null;
  }
  return __skb_pull(skb, len);
}

/** Like {@link skb_pull}, for a caller that knows the length: BUG if the packet is shorter. @source include/linux/skbuff.h: __skb_pull */
export function __skb_pull(skb: sk_buff, len: number): Uint8Array {
  need_skb("__skb_pull", skb);
  check_arg("__skb_pull", "len", len, "number");
  if (len > skb.len - skb.data_len) {
    emit({ type: "skb-misused", skb, how: "pull", fn: "__skb_pull", size: len });
    BUG_ON(1);
  }
  skb.len -= len;
  set_window(skb, data_offset(skb) + len, skb.tail);
  return skb.data;
}

/**
 * Makes head room in an empty packet: data and tail move back by `len`.
 * @context any; only for a packet that has no data yet
 * @source include/linux/skbuff.h: skb_reserve
 */
export function skb_reserve(skb: sk_buff, len: number): void {
  need_skb("skb_reserve", skb);
  check_arg("skb_reserve", "len", len, "number");
  const from = data_offset(skb) + len;
  if (from > skb.end || from < 0) {
    // C would let the pointers run out of the buffer; the next put would find out.
    emit({ type: "skb-misused", skb, how: "over", fn: "skb_reserve", size: len });
  }
  set_window(skb, from, skb.tail + len);
}

/** Cuts the packet to `len` bytes; nothing happens if it is shorter. @source include/linux/skbuff.h: skb_trim */
export function skb_trim(skb: sk_buff, len: number): void {
  need_skb("skb_trim", skb);
  if (skb.len > len) __skb_trim(skb, len);
}

/** Sets the length of a linear packet. @source include/linux/skbuff.h: __skb_trim */
export function __skb_trim(skb: sk_buff, len: number): void {
  need_skb("__skb_trim", skb);
  check_arg("__skb_trim", "len", len, "size");
  BUG_ON(skb.data_len !== 0);
  const from = data_offset(skb);
  skb.len = len;
  set_window(skb, from, from + len);
}

/** Bytes free in front of the data. @source include/linux/skbuff.h: skb_headroom */
export function skb_headroom(skb: sk_buff): number {
  need_skb("skb_headroom", skb);
  return data_offset(skb);
}

/** Bytes free behind the data; 0 if the packet has fragments. @source include/linux/skbuff.h: skb_tailroom */
export function skb_tailroom(skb: sk_buff): number {
  need_skb("skb_tailroom", skb);
  return skb.data_len !== 0 ? 0 : skb.end - skb.tail;
}

/** Bytes of the packet in the linear part. @source include/linux/skbuff.h: skb_headlen */
export function skb_headlen(skb: sk_buff): number {
  need_skb("skb_headlen", skb);
  return skb.len - skb.data_len;
}

/** 1 if part of the packet lies in fragments. @source include/linux/skbuff.h: skb_is_nonlinear */
export function skb_is_nonlinear(skb: sk_buff): number {
  need_skb("skb_is_nonlinear", skb);
  return skb.data_len !== 0 ? 1 : 0;
}

/** Bytes of the page in which a fragment lies. @source include/linux/mm.h: page_address */
export function page_address(page: Uint8Array): Uint8Array {
  return page;
}

/** Appends a page fragment to a packet. @source include/linux/skbuff.h: skb_fill_page_desc (lengths are the caller's in C, too) */
export function skb_fill_page_desc(
  skb: sk_buff,
  i: number,
  page: Uint8Array,
  off: number,
  size: number,
): void {
  need_skb("skb_fill_page_desc", skb);
  skb.shinfo.frags[i] = { page, page_offset: off, size };
  skb.shinfo.nr_frags = i + 1;
}
