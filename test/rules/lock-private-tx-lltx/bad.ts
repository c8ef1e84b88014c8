/* set_multicast_list of a lockless driver counts what it puts into the transmit ring: wrong. */
// @lab nic=none workload=./multicast.ts races
// @expect lock-private-tx-lltx
import { NETDEV_TX_OK, NETIF_F_LLTX, type net_device, netdev_priv } from "linux/netdevice";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
  head = 0;
}

function my_setup(dev: net_device): void {
  dev.features |= NETIF_F_LLTX;
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  p.head++;
  spin_unlock(p.lock);
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

/** A new filter is a command in the ring. */
function my_set_multicast_list(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  p.head++;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { hard_start_xmit: my_xmit, set_multicast_list: my_set_multicast_list },
});
