/** Receiving: netif_rx, the NET_RX softirq and delivery to protocols (net/core/dev.c). */
import { emit, oops, take_object_back } from "machine";
import {
  local_irq_disable,
  local_irq_enable,
  local_irq_restore,
  local_irq_save,
} from "../../kernel/irqflags.ts";
import { in_irq, preempt_disable, preempt_enable } from "../../kernel/preempt.ts";
import {
  __raise_softirq_irqoff,
  do_softirq,
  local_softirq_pending,
  NET_RX_SOFTIRQ,
} from "../../kernel/softirq.ts";
import { jiffies } from "../../kernel/tick.ts";
import { atomic_inc } from "../../lib/atomic.ts";
import { clear_bit } from "../../lib/bitops.ts";
import { softirq_only } from "./context.ts";
import { dev_hold, dev_put } from "./dev_refs.ts";
import { __netif_rx_schedule_prep, poll_list_add_tail, poll_list_del } from "./napi.ts";
import { need_dev, type net_device } from "./net_device.ts";
import { __LINK_STATE_RX_SCHED, NET_RX_DROP, NET_RX_SUCCESS } from "./netdev_constants.ts";
import { netpoll_poll_lock, netpoll_poll_unlock, netpoll_takes } from "./netpoll_info.ts";
import { call_poll } from "./poll.ts";
import { __skb_dequeue, __skb_queue_tail } from "./skb_queue.ts";
import { give_skb, need_skb, release_skb, type sk_buff } from "./skbuff.ts";
import { type softnet_data, this_softnet } from "./softnet.ts";
import { receivers } from "./taps.ts";

/** Packets that one run of NET_RX may process (net/core/dev.c: netdev_budget). */
const netdev_budget = 300;
/** Longest input queue of a CPU (net/core/dev.c: netdev_max_backlog). */
let netdev_max_backlog = 1000;

/** Sets the longest input queue of a CPU: sysctl net.core.netdev_max_backlog. */
export function set_netdev_max_backlog(packets: number): void {
  netdev_max_backlog = packets;
}

function need_skb_dev(fn: string, skb: sk_buff): void {
  need_skb(fn, skb);
  if (skb.dev === null) emit({ type: "skb-misused", skb, how: "no-dev", fn, size: 0 });
  need_dev(fn, skb.dev!);
}

/**
 * Queues a received packet for the NET_RX softirq of this CPU. The packet is consumed, whatever the result. `skb.dev` and
 * `skb.protocol` must be set.
 * @returns NET_RX_SUCCESS, or NET_RX_DROP (it is freed already)
 * @context interrupt or softirq; from a process use netif_rx_ni. Linux net/core/dev.c: netif_rx
 */
export function netif_rx(skb: sk_buff): number {
  need_skb_dev("netif_rx", skb);
  if (netpoll_takes("netif_rx", skb)) return NET_RX_DROP;
  const flags = local_irq_save();
  const queue = this_softnet();
  queue.total++;
  if (!in_irq()) queue.delivered++;
  if (queue.input_pkt_queue.qlen > netdev_max_backlog) {
    emit({ type: "skb-to-stack", skb, fn: "netif_rx", result: NET_RX_DROP });
    queue.dropped++;
    local_irq_restore(flags);
    release_skb("netif_rx", skb);
    return NET_RX_DROP;
  }
  emit({ type: "skb-to-stack", skb, fn: "netif_rx", result: NET_RX_SUCCESS });
  if (queue.input_pkt_queue.qlen === 0) schedule_backlog(queue);
  dev_hold(skb.dev!);
  __skb_queue_tail(queue.input_pkt_queue, skb);
  give_skb(skb);
  local_irq_restore(flags);
  return NET_RX_SUCCESS;
}

function schedule_backlog(queue: softnet_data): void {
  const dev = queue.backlog_dev;
  if (!__netif_rx_schedule_prep(dev)) return;
  poll_list_add_tail(dev, queue.cpu);
  dev.quota = dev.quota < 0 ? dev.quota + dev.weight : dev.weight;
  __raise_softirq_irqoff(NET_RX_SOFTIRQ);
}

/** {@link netif_rx} for a process: the softirq runs at once. @context process. Linux net/core/dev.c: netif_rx_ni */
export function netif_rx_ni(skb: sk_buff): number {
  preempt_disable();
  const err = netif_rx(skb);
  if (local_softirq_pending()) do_softirq();
  preempt_enable();
  return err;
}

/**
 * Delivers a received packet to taps and protocols now. The packet is consumed, whatever the result.
 * @returns NET_RX_SUCCESS, or NET_RX_DROP if nobody wanted it
 * @context softirq, interrupts on: from poll. Linux net/core/dev.c: netif_receive_skb
 */
export function netif_receive_skb(skb: sk_buff): number {
  need_skb_dev("netif_receive_skb", skb);
  softirq_only("netif_receive_skb");
  if (netpoll_takes("netif_receive_skb", skb)) return NET_RX_DROP;
  emit({ type: "skb-to-stack", skb, fn: "netif_receive_skb" });
  this_softnet().delivered++;
  give_skb(skb);
  return deliver(skb);
}

/** Hands a packet to everybody who wants it; the last one gets it for good. */
function deliver(skb: sk_buff): number {
  const dev = skb.dev!;
  if (skb.input_dev === null) skb.input_dev = dev;
  skb.h.raw = skb.data;
  skb.nh.raw = skb.data;
  skb.mac_len = skb.mac.raw === null ? 0 : skb.data.byteOffset - skb.mac.raw.byteOffset;
  const wanted = receivers(skb.protocol, dev);
  if (wanted.length === 0) {
    emit({ type: "skb-delivered", skb, device: null });
    release_skb("netif_receive_skb", skb);
    return NET_RX_DROP;
  }
  emit({ type: "skb-delivered", skb, device: dev });
  let ret: number = NET_RX_SUCCESS;
  for (let i = 0; i < wanted.length; i++) {
    const pt = wanted[i]!;
    if (i < wanted.length - 1) atomic_inc(skb.users);
    if (!pt.internal) take_object_back(skb);
    ret = pt.func === null ? NET_RX_DROP : pt.func(skb, dev, pt, dev);
  }
  return ret;
}

/** Polls the input queue of this CPU (net/core/dev.c: process_backlog). */
export function process_backlog(backlog_dev: net_device, budget: { v: number }): number {
  const queue = this_softnet();
  const quota = Math.min(backlog_dev.quota, budget.v);
  const start_time = jiffies;
  let work = 0;
  for (;;) {
    local_irq_disable();
    const skb = __skb_dequeue(queue.input_pkt_queue);
    if (skb === null) break;
    local_irq_enable();
    const dev = skb.dev!;
    deliver(skb);
    dev_put(dev);
    work++;
    if (work >= quota || jiffies - start_time > 1) {
      backlog_dev.quota -= work;
      budget.v -= work;
      return -1;
    }
  }
  backlog_dev.quota -= work;
  budget.v -= work;
  poll_list_del(backlog_dev);
  clear_bit(__LINK_STATE_RX_SCHED, backlog_dev.state);
  local_irq_enable();
  return 0;
}

/** The NET_RX softirq: polls the devices of this CPU in turn (net/core/dev.c: net_rx_action). */
export function net_rx_action(): void {
  const queue = this_softnet();
  const start_time = jiffies;
  const budget = { v: netdev_budget };
  local_irq_disable();
  while (queue.poll_list.length > 0) {
    if (budget.v <= 0 || jiffies - start_time > 1) {
      queue.time_squeeze++;
      __raise_softirq_irqoff(NET_RX_SOFTIRQ);
      break;
    }
    local_irq_enable();
    const dev = queue.poll_list[0]!;
    if (dev === queue.backlog_dev) {
      const more = dev.quota <= 0 || process_backlog(dev, budget);
      local_irq_disable();
      if (more) move_to_tail(queue, dev);
    } else if (dev.npinfo !== null && !claim_poll(queue, dev)) {
      local_irq_disable();
    } else if (dev.quota <= 0 || call_poll(queue, dev, budget)) {
      netpoll_poll_unlock(dev.npinfo);
      local_irq_disable();
      if (dev.poll_list === null)
        oops(
          "Unable to handle kernel paging request at virtual address 00100104: list_del of a device that is on no poll list",
        );
      move_to_tail(queue, dev);
    } else {
      netpoll_poll_unlock(dev.npinfo);
      dev_put(dev);
      local_irq_disable();
    }
  }
  local_irq_enable();
}

/** Keeps netpoll away; false if it has meanwhile done the polling that we came for (2.6.16 does not look). */
function claim_poll(queue: softnet_data, dev: net_device): boolean {
  netpoll_poll_lock(dev);
  if (dev.poll_list === queue) return true;
  netpoll_poll_unlock(dev.npinfo);
  return false;
}

function move_to_tail(queue: softnet_data, dev: net_device): void {
  poll_list_del(dev);
  poll_list_add_tail(dev, queue.cpu);
  dev.quota = dev.quota < 0 ? dev.quota + dev.weight : dev.weight;
}
