/* Who finds the lock taken tries again later. */
// @lab nic=none workload=./two-senders.ts cpus=2
// @expect none
import { udelay } from "linux/delay";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_LOCKED, NETDEV_TX_OK, NETIF_F_LLTX, type net_device, netdev_priv } from "linux/netdevice";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_trylock, spin_unlock, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class lltx_priv extends sw_priv {
  tx_lock = new spinlock_t();
  head = 0;
}

function lltx_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<lltx_priv>(dev);
  if (!spin_trylock(p.tx_lock)) return NETDEV_TX_LOCKED;
  p.head = (p.head + 1) % 16;
  udelay(2);
  dev.trans_start = jiffies;
  spin_unlock(p.tx_lock);
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({
  priv: lltx_priv,
  setup: (dev) => {
    spin_lock_init(netdev_priv<lltx_priv>(dev).tx_lock);
    dev.features |= NETIF_F_LLTX;
  },
  callbacks: { hard_start_xmit: lltx_xmit, tx_queue_len: 0 },
});
