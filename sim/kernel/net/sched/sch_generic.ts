/** Running a device's queue, and putting it in and out of service (net/sched/sch_generic.c). */
import { cpu_id, driver_call, emit, take_object_back } from "machine";
import { KERN_CRIT, KERN_DEBUG, KERN_ERR, printk, printk_ratelimit } from "../../kernel/printk.ts";
import { kernel_rwlock, write_lock_bh, write_unlock_bh } from "../../kernel/rwlock.ts";
import { _yield } from "../../kernel/sched.ts";
import {
  spin_lock,
  spin_lock_bh,
  spin_trylock,
  spin_unlock,
  spin_unlock_bh,
  spin_unlock_wait,
} from "../../kernel/spinlock.ts";
import { jiffies } from "../../kernel/tick.ts";
import { timer_pending } from "../../kernel/timer.ts";
import { test_bit } from "../../lib/bitops.ts";
import type { net_device } from "../core/net_device.ts";
import {
  __LINK_STATE_SCHED,
  NETDEV_TX_LOCKED,
  NETDEV_TX_OK,
  NETIF_F_LLTX,
} from "../core/netdev_constants.ts";
import { netif_carrier_ok, netif_queue_stopped, netif_schedule } from "../core/netif.ts";
import { release_skb, type sk_buff } from "../core/skbuff.ts";
import { this_softnet } from "../core/softnet.ts";
import { dev_queue_xmit_nit } from "../core/taps.ts";
import { noop_qdisc, noqueue_qdisc, pfifo_fast, type Qdisc } from "./qdisc.ts";
import { dev_watchdog_down, dev_watchdog_init, dev_watchdog_up } from "./watchdog.ts";

const qdisc_tree_lock = kernel_rwlock("qdisc_tree_lock");

/** Calls the driver's hard_start_xmit and tells the rules what came of it. The transmit path's locks are the caller's. */
export function call_hard_start_xmit(skb: sk_buff, dev: net_device): number {
  const lltx = (dev.features & NETIF_F_LLTX) !== 0;
  emit({ type: "skb-to-driver", skb, device: dev });
  take_object_back(skb);
  const result = driver_call("hard_start_xmit", dev, dev.hard_start_xmit!, skb, dev);
  emit({ type: "xmit-result", device: dev, skb, result, lltx, stopped: !!netif_queue_stopped(dev) });
  return result;
}

/**
 * Sends one packet of the queue (net/sched/sch_generic.c: qdisc_restart). queue_lock is held, and dropped around the driver.
 * Returns 0: empty; above: stopped or to be tried later; below: go on.
 */
function qdisc_restart(dev: net_device): number {
  const skb = dev.qdisc!.dequeue();
  if (skb === null) return dev.qdisc!.qlen;
  const nolock = (dev.features & NETIF_F_LLTX) !== 0;
  if (!nolock) {
    if (!spin_trylock(dev.xmit_lock)) return collision(dev, skb);
    dev.xmit_lock_owner = cpu_id();
  }
  spin_unlock(dev.queue_lock);
  let result: number = NOT_CALLED;
  if (!netif_queue_stopped(dev)) {
    dev_queue_xmit_nit(skb, dev);
    result = call_hard_start_xmit(skb, dev);
    if (nolock && result === NETDEV_TX_LOCKED) {
      spin_lock(dev.queue_lock);
      emit({ type: "skb-requeued", skb, device: dev, result });
      return collision(dev, skb);
    }
  }
  if (!nolock) {
    dev.xmit_lock_owner = -1;
    spin_unlock(dev.xmit_lock);
  }
  spin_lock(dev.queue_lock);
  if (result === NETDEV_TX_OK) return -1;
  if (result !== NOT_CALLED) emit({ type: "skb-requeued", skb, device: dev, result });
  return requeue(dev, skb);
}
const NOT_CALLED = 0x7fffffff;

function collision(dev: net_device, skb: sk_buff): number {
  if (dev.xmit_lock_owner === cpu_id()) {
    release_skb("qdisc_restart", skb);
    if (printk_ratelimit()) printk(`${KERN_DEBUG}Dead loop on netdevice ${dev.name}, fix it urgently!\n`);
    return -1;
  }
  this_softnet().cpu_collision++;
  return requeue(dev, skb);
}

function requeue(dev: net_device, skb: sk_buff): number {
  dev.qdisc!.requeue(skb);
  netif_schedule(dev);
  return 1;
}

/** Sends what the queue holds, as long as the driver takes it; queue_lock held, BHs off (include/net/pkt_sched.h: qdisc_run). */
export function qdisc_run(dev: net_device): void {
  while (!netif_queue_stopped(dev) && qdisc_restart(dev) < 0);
}

/** Sends on a device without a queue (net/core/dev.c: dev_queue_xmit). BHs off. True if the driver took the packet. */
export function noqueue_xmit(skb: sk_buff, dev: net_device): boolean {
  if (dev.xmit_lock_owner === cpu_id()) {
    if (printk_ratelimit()) printk(`${KERN_CRIT}Dead loop on virtual device ${dev.name}, fix it urgently!\n`);
    return false;
  }
  const nolock = (dev.features & NETIF_F_LLTX) !== 0;
  if (!nolock) {
    spin_lock(dev.xmit_lock);
    dev.xmit_lock_owner = cpu_id();
  }
  let sent = false;
  if (!netif_queue_stopped(dev)) {
    dev_queue_xmit_nit(skb, dev);
    sent = call_hard_start_xmit(skb, dev) === NETDEV_TX_OK;
  }
  if (!nolock) {
    dev.xmit_lock_owner = -1;
    spin_unlock(dev.xmit_lock);
  }
  if (!sent && printk_ratelimit()) printk(`${KERN_CRIT}Virtual device ${dev.name} asks to queue packet!\n`);
  return sent;
}

/** A device before it is opened for the first time: no queue, watchdog ready (net/sched/sch_generic.c: dev_init_scheduler). */
export function dev_init_scheduler(dev: net_device): void {
  lock_tree(dev);
  dev.qdisc = noop_qdisc;
  unlock_tree(dev);
  dev.qdisc_sleeping = noop_qdisc;
  dev_watchdog_init(dev);
}

/** Puts the queue in service: creates it the first time; without carrier it stays out (net/sched/sch_generic.c: dev_activate). */
export function dev_activate(dev: net_device): void {
  if (dev.qdisc_sleeping === noop_qdisc) {
    const qdisc: Qdisc = dev.tx_queue_len ? new pfifo_fast(dev) : noqueue_qdisc;
    write_lock_bh(qdisc_tree_lock);
    dev.qdisc_sleeping = qdisc;
    write_unlock_bh(qdisc_tree_lock);
  }
  if (!netif_carrier_ok(dev)) return;
  spin_lock_bh(dev.queue_lock);
  dev.qdisc = dev.qdisc_sleeping;
  if (dev.qdisc !== noqueue_qdisc) {
    dev.trans_start = jiffies;
    dev_watchdog_up(dev);
  }
  spin_unlock_bh(dev.queue_lock);
}

/** Takes the queue out of service and waits for the transmission that runs (net/sched/sch_generic.c: dev_deactivate). */
export function dev_deactivate(dev: net_device): void {
  spin_lock_bh(dev.queue_lock);
  const qdisc = dev.qdisc!;
  dev.qdisc = noop_qdisc;
  qdisc.reset();
  spin_unlock_bh(dev.queue_lock);
  dev_watchdog_down(dev);
  while (test_bit(__LINK_STATE_SCHED, dev.state)) _yield();
  spin_unlock_wait(dev.xmit_lock);
}

/** The device goes for good (net/sched/sch_generic.c: dev_shutdown). */
export function dev_shutdown(dev: net_device): void {
  lock_tree(dev);
  const qdisc = dev.qdisc_sleeping;
  dev.qdisc = noop_qdisc;
  dev.qdisc_sleeping = noop_qdisc;
  qdisc?.reset();
  if (timer_pending(dev.watchdog_timer))
    printk(`${KERN_ERR}KERNEL: assertion (!timer_pending(&dev->watchdog_timer)) failed at dev_shutdown\n`);
  unlock_tree(dev);
}

function lock_tree(dev: net_device): void {
  write_lock_bh(qdisc_tree_lock);
  spin_lock(dev.queue_lock);
}

function unlock_tree(dev: net_device): void {
  spin_unlock(dev.queue_lock);
  write_unlock_bh(qdisc_tree_lock);
}
