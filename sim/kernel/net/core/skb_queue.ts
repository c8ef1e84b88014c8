/** Queues of packets (include/linux/skbuff.h, net/core/skbuff.c: skb_queue_*). The ends of the list are null here, not the head. */
import { emit, object_id, order, point } from "machine";
import { check_arg } from "../../kernel/misuse.ts";
import {
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock_irqrestore,
  spinlock_t,
} from "../../kernel/spinlock.ts";
import { atomic_read } from "../../lib/atomic.ts";
import { kfree_skb, need_skb, type sk_buff } from "./skbuff.ts";

/** A queue of packets with its lock. */
export class sk_buff_head {
  readonly id = object_id("skb-queue");
  /** First packet, or null. */
  next: sk_buff | null = null;
  /** Last packet, or null. */
  prev: sk_buff | null = null;
  /** Packets on the queue. */
  qlen = 0;
  lock = new spinlock_t();
}

function need_queue(fn: string, list: sk_buff_head): void {
  check_arg(fn, "list", list, sk_buff_head);
}

/** Makes a queue empty and initialises its lock. @source include/linux/skbuff.h: skb_queue_head_init */
export function skb_queue_head_init(list: sk_buff_head): void {
  need_queue("skb_queue_head_init", list);
  spin_lock_init(list.lock);
  list.next = null;
  list.prev = null;
  list.qlen = 0;
}

/** Number of packets; without the lock it may be old. @source include/linux/skbuff.h: skb_queue_len */
export function skb_queue_len(list: sk_buff_head): number {
  need_queue("skb_queue_len", list);
  return list.qlen;
}

/** 1 if the queue has no packets. @source include/linux/skbuff.h: skb_queue_empty */
export function skb_queue_empty(list: sk_buff_head): number {
  need_queue("skb_queue_empty", list);
  return list.next === null ? 1 : 0;
}

/** First packet, left on the queue; null if there is none. @context hold the queue's lock @source include/linux/skbuff.h: skb_peek */
export function skb_peek(list: sk_buff_head): sk_buff | null {
  need_queue("skb_peek", list);
  point();
  return list.next;
}

/** Last packet, left on the queue; null if there is none. @context hold the queue's lock @source include/linux/skbuff.h: skb_peek_tail */
export function skb_peek_tail(list: sk_buff_head): sk_buff | null {
  need_queue("skb_peek_tail", list);
  point();
  return list.prev;
}

function insert(skb: sk_buff, prev: sk_buff | null, next: sk_buff | null, list: sk_buff_head): void {
  const users = atomic_read(skb.users);
  if (users > 1) emit({ type: "skb-misused", skb, how: "shared-queue", fn: "skb_queue", size: users });
  skb.next = next;
  skb.prev = prev;
  if (prev === null) list.next = skb;
  else prev.next = skb;
  if (next === null) list.prev = skb;
  else next.prev = skb;
  skb.list = list;
  list.qlen++;
}

/** Puts a packet first. @context the caller holds the queue's lock or needs none @source include/linux/skbuff.h: __skb_queue_head */
export function __skb_queue_head(list: sk_buff_head, newsk: sk_buff): void {
  need_queue("__skb_queue_head", list);
  need_skb("__skb_queue_head", newsk, "newsk");
  point();
  order(list, "access");
  insert(newsk, null, list.next, list);
}

/** Puts a packet last. @context the caller holds the queue's lock or needs none @source include/linux/skbuff.h: __skb_queue_tail */
export function __skb_queue_tail(list: sk_buff_head, newsk: sk_buff): void {
  need_queue("__skb_queue_tail", list);
  need_skb("__skb_queue_tail", newsk, "newsk");
  point();
  order(list, "access");
  insert(newsk, list.prev, null, list);
}

/** Takes the first packet off; null if there is none. @context the caller holds the queue's lock or needs none @source include/linux/skbuff.h: __skb_dequeue */
export function __skb_dequeue(list: sk_buff_head): sk_buff | null {
  need_queue("__skb_dequeue", list);
  point();
  order(list, "access");
  const skb = list.next;
  if (skb !== null) remove(skb, list);
  return skb;
}

/** Takes the last packet off; null if there is none. @context the caller holds the queue's lock or needs none @source include/linux/skbuff.h: __skb_dequeue_tail */
export function __skb_dequeue_tail(list: sk_buff_head): sk_buff | null {
  need_queue("__skb_dequeue_tail", list);
  point();
  order(list, "access");
  const skb = list.prev;
  if (skb !== null) remove(skb, list);
  return skb;
}

function remove(skb: sk_buff, list: sk_buff_head): void {
  const { next, prev } = skb;
  if (prev === null) list.next = next;
  else prev.next = next;
  if (next === null) list.prev = prev;
  else next.prev = prev;
  skb.next = null;
  skb.prev = null;
  skb.list = null;
  list.qlen--;
}

/** Takes a packet out of the middle. @context the caller holds the queue's lock @source include/linux/skbuff.h: __skb_unlink */
export function __skb_unlink(skb: sk_buff, list: sk_buff_head): void {
  need_skb("__skb_unlink", skb);
  need_queue("__skb_unlink", list);
  point();
  order(list, "access");
  remove(skb, list);
}

/** Puts a packet behind another. @context the caller holds the queue's lock @source include/linux/skbuff.h: __skb_append */
export function __skb_append(old: sk_buff, newsk: sk_buff, list: sk_buff_head): void {
  need_skb("__skb_append", old, "old");
  need_skb("__skb_append", newsk, "newsk");
  point();
  order(list, "access");
  insert(newsk, old, old.next, list);
}

/** Puts a packet before another. @context the caller holds the queue's lock @source include/linux/skbuff.h: __skb_insert */
export function __skb_insert(newsk: sk_buff, next: sk_buff, list: sk_buff_head): void {
  need_skb("__skb_insert", newsk, "newsk");
  need_skb("__skb_insert", next, "next");
  point();
  order(list, "access");
  insert(newsk, next.prev, next, list);
}

/** Puts a packet first, under the queue's lock. @context any @source net/core/skbuff.c: skb_queue_head */
export function skb_queue_head(list: sk_buff_head, newsk: sk_buff): void {
  need_queue("skb_queue_head", list);
  const flags = spin_lock_irqsave(list.lock);
  __skb_queue_head(list, newsk);
  spin_unlock_irqrestore(list.lock, flags);
}

/** Puts a packet last, under the queue's lock. @context any @source net/core/skbuff.c: skb_queue_tail */
export function skb_queue_tail(list: sk_buff_head, newsk: sk_buff): void {
  need_queue("skb_queue_tail", list);
  const flags = spin_lock_irqsave(list.lock);
  __skb_queue_tail(list, newsk);
  spin_unlock_irqrestore(list.lock, flags);
}

/** Takes the first packet off, under the queue's lock; null if there is none. @context any @source net/core/skbuff.c: skb_dequeue */
export function skb_dequeue(list: sk_buff_head): sk_buff | null {
  need_queue("skb_dequeue", list);
  const flags = spin_lock_irqsave(list.lock);
  const skb = __skb_dequeue(list);
  spin_unlock_irqrestore(list.lock, flags);
  return skb;
}

/** Takes the last packet off, under the queue's lock; null if there is none. @context any @source net/core/skbuff.c: skb_dequeue_tail */
export function skb_dequeue_tail(list: sk_buff_head): sk_buff | null {
  need_queue("skb_dequeue_tail", list);
  const flags = spin_lock_irqsave(list.lock);
  const skb = __skb_dequeue_tail(list);
  spin_unlock_irqrestore(list.lock, flags);
  return skb;
}

/** Takes a packet out of the middle, under the queue's lock. @context any @source net/core/skbuff.c: skb_unlink */
export function skb_unlink(skb: sk_buff, list: sk_buff_head): void {
  need_queue("skb_unlink", list);
  const flags = spin_lock_irqsave(list.lock);
  __skb_unlink(skb, list);
  spin_unlock_irqrestore(list.lock, flags);
}

/** Puts a packet behind another, under the queue's lock. @context any @source net/core/skbuff.c: skb_append */
export function skb_append(old: sk_buff, newsk: sk_buff, list: sk_buff_head): void {
  need_queue("skb_append", list);
  const flags = spin_lock_irqsave(list.lock);
  __skb_append(old, newsk, list);
  spin_unlock_irqrestore(list.lock, flags);
}

/** Puts a packet before another, under the queue's lock. @context any @source net/core/skbuff.c: skb_insert */
export function skb_insert(old: sk_buff, newsk: sk_buff, list: sk_buff_head): void {
  need_queue("skb_insert", list);
  const flags = spin_lock_irqsave(list.lock);
  __skb_insert(newsk, old, list);
  spin_unlock_irqrestore(list.lock, flags);
}

/** Frees all packets of a queue, under its lock. @context process or softirq @source net/core/skbuff.c: skb_queue_purge */
export function skb_queue_purge(list: sk_buff_head): void {
  for (let skb = skb_dequeue(list); skb !== null; skb = skb_dequeue(list)) kfree_skb(skb);
}

/** Frees all packets of a queue. @context the caller holds the queue's lock or needs none @source include/linux/skbuff.h: __skb_queue_purge */
export function __skb_queue_purge(list: sk_buff_head): void {
  for (let skb = __skb_dequeue(list); skb !== null; skb = __skb_dequeue(list)) kfree_skb(skb);
}

/** The packets of a queue, first to last: `for (const skb of skb_queue_walk(list))`. @context hold the queue's lock @source include/linux/skbuff.h: skb_queue_walk */
export function* skb_queue_walk(list: sk_buff_head): Generator<sk_buff, void, void> {
  need_queue("skb_queue_walk", list);
  for (let skb = list.next; skb !== null; skb = skb.next) yield skb;
}
