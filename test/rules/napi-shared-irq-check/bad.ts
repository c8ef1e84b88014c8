/* Polls whoever interrupted: wrong. */
// @lab nic=none workload=updown
// @expect napi-shared-irq-check
import { raise_irq } from "lab/irq";
import { dev_alloc_skb, dev_kfree_skb, eth_type_trans } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED } from "linux/interrupt";
import {
  type net_device,
  netdev_priv,
  netif_receive_skb,
  netif_rx_complete,
  netif_rx_schedule,
  netif_stop_queue,
} from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { ring_driver, ring_priv } from "../lib/ring.ts";
import { sw_xmit } from "../lib/software-device.ts";

class my_priv extends ring_priv {
  rx: sk_buff[] = [];
}

/** The device is its own wire: what it sends it receives, 3 times. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  for (let i = 0; i < 3; i++) {
    const copy = dev_alloc_skb(64);
    if (!copy) break;
    skb_put(copy, 60);
    copy.dev = dev;
    copy.protocol = eth_type_trans(copy, dev);
    p.rx.push(copy);
  }
  spin_unlock_irqrestore(p.lock, flags);
  raise_irq(dev.irq);
  return sw_xmit(skb, dev);
}

function my_interrupt(_irq: number, dev: net_device): number {
  netif_rx_schedule(dev);
  return IRQ_HANDLED;
}

function my_take(p: my_priv): sk_buff | null {
  const flags = spin_lock_irqsave(p.lock);
  const skb = p.rx.shift() ?? null;
  spin_unlock_irqrestore(p.lock, flags);
  return skb;
}

function my_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<my_priv>(dev);
  const limit = Math.min(budget.v, dev.quota);
  let work = 0;
  for (let skb = work < limit ? my_take(p) : null; skb; skb = work < limit ? my_take(p) : null) {
    netif_receive_skb(skb);
    work++;
  }
  budget.v -= work;
  dev.quota -= work;
  if (work === limit) return 1;
  netif_rx_complete(dev);
  if (p.rx.length > 0) netif_rx_schedule(dev);
  return 0;
}

function my_drain(p: my_priv): void {
  for (let skb = my_take(p); skb; skb = my_take(p)) dev_kfree_skb(skb);
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  my_drain(netdev_priv<my_priv>(dev));
  return 0;
}

ring_driver({
  priv: my_priv,
  interrupt: my_interrupt,
  callbacks: { hard_start_xmit: my_xmit, stop: my_stop, poll: my_poll, weight: 8 },
});
