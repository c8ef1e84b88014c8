/* The line stays up: right. */
// @lab nic=none max-ticks=300000
// @expect none
import { alloc_irq, lower_irq } from "lab/irq";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init } from "linux/spinlock";
import { ring_driver, ring_interrupt, ring_priv, ring_xmit } from "../lib/ring.ts";

class my_priv extends ring_priv {
  rounds = 0;
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  dev.irq = alloc_irq({ level: true });
}

function my_interrupt(irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  lower_irq(dev.irq);
  return ring_interrupt(irq, dev) | (p.rounds > 0 ? IRQ_HANDLED : IRQ_NONE);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  netdev_priv<my_priv>(dev).rounds++;
  return ring_xmit(skb, dev);
}

ring_driver({
  priv: my_priv,
  setup: my_setup,
  interrupt: my_interrupt,
  callbacks: { hard_start_xmit: my_xmit },
});
