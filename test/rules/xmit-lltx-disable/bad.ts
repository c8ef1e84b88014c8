/* netif_tx_disable() waits for nobody who locks for himself: wrong. */
// @lab nic=none workload=./mtu-under-load.ts
// @expect xmit-lltx-disable ?lock-private-tx-lltx ?life-use-after-free ?lock-data-race ?oops ?ioctl-mtu ?txq-lltx-self-lock ?irq-quiesce-before-free
import { udelay } from "linux/delay";
import { EINVAL, ENOMEM } from "linux/errno";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  NETIF_F_LLTX,
  type net_device,
  netdev_priv,
  netif_running,
  netif_start_queue,
  netif_tx_disable,
  netif_wake_queue,
} from "linux/netdevice";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { GFP_ATOMIC, GFP_KERNEL, kfree, kzalloc } from "linux/slab";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class copies {
  used = 0;
  bytes = 0;
}

class lltx_priv extends sw_priv {
  tx_lock = new spinlock_t();
  ring: copies | null = null;
}

function lltx_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<lltx_priv>(dev);
  spin_lock(p.tx_lock);
  const { ring } = p;
  if (ring) {
    ring.used++;
    udelay(3);
    ring.bytes += skb.len;
  }
  dev.trans_start = jiffies;
  spin_unlock(p.tx_lock);
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function lltx_open(dev: net_device): number {
  const p = netdev_priv<lltx_priv>(dev);
  p.ring = kzalloc(copies, GFP_KERNEL);
  if (!p.ring) return -ENOMEM;
  netif_start_queue(dev);
  return 0;
}

function lltx_stop(dev: net_device): number {
  const p = netdev_priv<lltx_priv>(dev);
  netif_tx_disable(dev);
  kfree(p.ring);
  p.ring = null;
  return 0;
}

function lltx_mtu(dev: net_device, mtu: number): number {
  const p = netdev_priv<lltx_priv>(dev);
  if (mtu < 68 || mtu > 9000) return -EINVAL;
  dev.mtu = mtu;
  if (!netif_running(dev)) return 0;
  const fresh = kzalloc(copies, GFP_ATOMIC);
  if (!fresh) return -ENOMEM;
  netif_tx_disable(dev);
  kfree(p.ring);
  p.ring = fresh;
  netif_wake_queue(dev);
  return 0;
}

software_driver({
  priv: lltx_priv,
  setup: (dev) => {
    spin_lock_init(netdev_priv<lltx_priv>(dev).tx_lock);
    dev.features |= NETIF_F_LLTX;
  },
  callbacks: { open: lltx_open, stop: lltx_stop, hard_start_xmit: lltx_xmit, change_mtu: lltx_mtu },
});
