/* LOCKED without LLTX: right. */
// @lab nic=none
// @expect none
import { NETDEV_TX_LOCKED, NETIF_F_LLTX, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_trylock, spin_unlock, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  dev.features |= NETIF_F_LLTX;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (!spin_trylock(p.lock)) return NETDEV_TX_LOCKED;
  const ret = sw_xmit(skb, dev);
  spin_unlock(p.lock);
  return ret;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { hard_start_xmit: my_xmit } });
