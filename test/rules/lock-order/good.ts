/* Two locks in both orders: right. */
// @lab nic=none
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { NETDEV_TX_OK, type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_bh,
  spin_lock_init,
  spin_unlock,
  spin_unlock_bh,
  spinlock_t,
} from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  a = new spinlock_t();
  b = new spinlock_t();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.a);
  spin_lock_init(p.b);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.a);
  spin_lock(p.b);
  p.stats.tx_packets++;
  spin_unlock(p.b);
  spin_unlock(p.a);
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_bh(p.a);
  spin_lock(p.b);
  spin_unlock(p.b);
  spin_unlock_bh(p.a);
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open, hard_start_xmit: my_xmit } });
