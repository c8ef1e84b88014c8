/* poll takes the handler's lock: wrong. */
// @lab nic=none
// @expect napi-lock-poll

import { alloc_irq, raise_irq } from "lab/irq";
import { dev_alloc_skb, dev_kfree_skb, eth_type_trans } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_receive_skb,
  netif_rx_complete,
  netif_rx_schedule,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
  rx: sk_buff[] = [];
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  dev.irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, 0, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  for (let skb = p.rx.shift(); skb; skb = p.rx.shift()) dev_kfree_skb(skb);
  return 0;
}

/** The device is its own wire: what it sends it receives. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const copy = dev_alloc_skb(64);
  if (copy) {
    skb_put(copy, 60);
    copy.dev = dev;
    copy.protocol = eth_type_trans(copy, dev);
    const flags = spin_lock_irqsave(p.lock);
    p.rx.push(copy);
    spin_unlock_irqrestore(p.lock, flags);
    raise_irq(dev.irq);
  }
  dev_kfree_skb(skb);
  dev.trans_start = jiffies;
  return NETDEV_TX_OK;
}

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  const any = p.rx.length > 0;
  spin_unlock(p.lock);
  if (any) netif_rx_schedule(dev);
  return IRQ_HANDLED;
}

function take(p: my_priv): sk_buff | undefined {
  spin_lock(p.lock);
  const skb = p.rx.shift();
  spin_unlock(p.lock);
  return skb;
}

function my_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<my_priv>(dev);
  const limit = Math.min(budget.v, dev.quota);
  let work = 0;
  while (work < limit) {
    const skb = take(p);
    if (!skb) break;
    netif_receive_skb(skb);
    work++;
  }
  budget.v -= work;
  dev.quota -= work;
  if (work === limit) return 1;
  netif_rx_complete(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (p.rx.length > 0) raise_irq(dev.irq);
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit, poll: my_poll, weight: 16 },
});
