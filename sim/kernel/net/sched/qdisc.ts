/** Queueing disciplines (include/net/sch_generic.h): noop, noqueue and pfifo_fast (net/sched/sch_generic.c). */
import { object_id } from "machine";
import { KERN_DEBUG, printk, printk_ratelimit } from "../../kernel/printk.ts";
import type { net_device } from "../core/net_device.ts";
import { NET_XMIT_CN, NET_XMIT_DROP, NET_XMIT_SUCCESS } from "../core/netdev_constants.ts";
import { release_skb, type sk_buff } from "../core/skbuff.ts";

/** A queue of packets in front of a device; used under `dev.queue_lock`. */
export interface Qdisc {
  readonly id: number;
  readonly name: string;
  readonly dev: net_device | null;
  /** Null: the device has no queue. Returns NET_XMIT_*. */
  readonly enqueue: ((skb: sk_buff) => number) | null;
  dequeue(): sk_buff | null;
  requeue(skb: sk_buff): number;
  /** Frees all packets. */
  reset(): void;
  qlen: number;
}

/** Takes no packets: the queue of a device that is down or has no carrier. */
class noop implements Qdisc {
  readonly id = object_id("qdisc");
  readonly name = "noop";
  readonly dev = null;
  qlen = 0;

  enqueue = (skb: sk_buff): number => {
    release_skb("noop_enqueue", skb);
    return NET_XMIT_CN;
  };
  dequeue(): sk_buff | null {
    return null;
  }
  requeue(skb: sk_buff): number {
    if (printk_ratelimit()) printk(`${KERN_DEBUG}${skb.dev?.name ?? "?"} deferred output. It is buggy.\n`);
    release_skb("noop_requeue", skb);
    return NET_XMIT_CN;
  }
  reset(): void {}
}

/** The queue of devices without a queue: dev_queue_xmit calls the driver at once. */
class noqueue implements Qdisc {
  readonly id = object_id("qdisc");
  readonly name = "noqueue";
  readonly dev = null;
  readonly enqueue = null;
  qlen = 0;

  dequeue(): sk_buff | null {
    return null;
  }
  requeue(skb: sk_buff): number {
    release_skb("noop_requeue", skb);
    return NET_XMIT_CN;
  }
  reset(): void {}
}

export const noop_qdisc: Qdisc = new noop();
export const noqueue_qdisc: Qdisc = new noqueue();

/** Band of each priority (net/sched/sch_generic.c: prio2band). */
const prio2band = [1, 2, 2, 2, 1, 2, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1];

/** Three first-in-first-out bands; a lower band goes first. Each holds `tx_queue_len` packets. */
export class pfifo_fast implements Qdisc {
  readonly id = object_id("qdisc");
  readonly name = "pfifo_fast";
  readonly dev: net_device;
  readonly bands: sk_buff[][] = [[], [], []];
  qlen = 0;

  constructor(dev: net_device) {
    this.dev = dev;
  }

  enqueue = (skb: sk_buff): number => {
    const list = this.band_of(skb);
    if (list.length >= this.dev.tx_queue_len) {
      release_skb("pfifo_fast_enqueue", skb);
      return NET_XMIT_DROP;
    }
    list.push(skb);
    this.qlen++;
    return NET_XMIT_SUCCESS;
  };

  dequeue(): sk_buff | null {
    for (const list of this.bands) {
      const skb = list.shift();
      if (skb === undefined) continue;
      this.qlen--;
      return skb;
    }
    return null;
  }

  requeue(skb: sk_buff): number {
    this.band_of(skb).unshift(skb);
    this.qlen++;
    return 0;
  }

  reset(): void {
    for (const list of this.bands) {
      for (let skb = list.shift(); skb !== undefined; skb = list.shift())
        release_skb("pfifo_fast_reset", skb);
    }
    this.qlen = 0;
  }

  band_of(skb: sk_buff): sk_buff[] {
    return this.bands[prio2band[skb.priority & 15]!]!;
  }
}
