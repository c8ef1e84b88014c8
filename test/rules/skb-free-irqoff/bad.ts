/* A packet freed with interrupts off: wrong. */
// @lab nic=none
// @expect skb-free-irqoff
import { dev_kfree_skb } from "linux/etherdevice";
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.stats.tx_packets++;
  dev_kfree_skb(skb);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { hard_start_xmit: my_xmit } });
