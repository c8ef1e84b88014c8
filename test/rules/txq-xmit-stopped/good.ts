/* A kept packet sent without asking: right. */
// @lab nic=none
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  dev_queue_xmit,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { ring_clean, ring_driver, ring_priv, ring_setup, ring_stop, ring_xmit } from "../lib/ring.ts";

class my_priv extends ring_priv {
  kept: sk_buff | null = null;
  timer = new timer_list();
  n = 0;
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  ring_setup(dev);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
}

/** Every fifth packet is delayed by two ticks; the ring is closed meanwhile. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (++p.n % 5 !== 0 || p.kept) return ring_xmit(skb, dev);
  p.kept = skb;
  p.stats.tx_packets++;
  dev.trans_start = jiffies;
  netif_stop_queue(dev);
  mod_timer(p.timer, jiffies + 2);
  return NETDEV_TX_OK;
}

function my_timer(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  const skb = p.kept;
  p.kept = null;
  netif_wake_queue(dev);
  if (skb) dev_queue_xmit(skb);
}

/** Closed is closed: only the timer opens it again. */
function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  const n = ring_clean(p);
  if (n > 0 && !p.kept && netif_running(dev) && netif_queue_stopped(dev)) netif_wake_queue(dev);
  spin_unlock(p.lock);
  return n > 0 ? IRQ_HANDLED : IRQ_NONE;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  del_timer_sync(p.timer);
  if (p.kept) dev_kfree_skb(p.kept);
  p.kept = null;
  return ring_stop(dev);
}

ring_driver({
  priv: my_priv,
  setup: my_setup,
  interrupt: my_interrupt,
  callbacks: { hard_start_xmit: my_xmit, stop: my_stop },
});
