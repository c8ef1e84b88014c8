/* A queue, whose head poll takes out and is at work on while the next packet takes its place: right. */
// @lab nic=none workload=flood-tx
// @expect none
import { eth_type_trans } from "linux/etherdevice";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_receive_skb,
  netif_rx_complete,
  netif_rx_schedule,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import { DEFINE_SPINLOCK, spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

const lock = DEFINE_SPINLOCK();

class my_priv extends sw_priv {
  queue: sk_buff[] = [];
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(lock);
  p.queue.push(skb);
  if (p.queue.length === 8) netif_stop_queue(dev);
  spin_unlock_irqrestore(lock, flags);
  netif_rx_schedule(dev);
  return NETDEV_TX_OK;
}

function my_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<my_priv>(dev);
  const limit = Math.min(budget.v, dev.quota);
  let work = 0;
  for (; work < limit; work++) {
    const flags = spin_lock_irqsave(lock);
    const skb = p.queue.shift();
    if (skb !== undefined && netif_queue_stopped(dev)) netif_wake_queue(dev);
    spin_unlock_irqrestore(lock, flags);
    if (skb === undefined) break;
    skb.protocol = eth_type_trans(skb, dev);
    netif_receive_skb(skb);
  }
  budget.v -= work;
  dev.quota -= work;
  if (work === limit) return 1;
  netif_rx_complete(dev);
  if (p.queue.length > 0) netif_rx_schedule(dev); // came since the last look
  return 0;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  for (let skb = p.queue.shift(); skb; skb = p.queue.shift()) dev_kfree_skb(skb);
  return 0;
}

software_driver({
  priv: my_priv,
  callbacks: { hard_start_xmit: my_xmit, stop: my_stop, poll: my_poll, weight: 16 },
});
