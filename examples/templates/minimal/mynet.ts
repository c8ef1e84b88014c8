// @lab workload=smoke nic=none
// A network device that receives what it sends. Set a breakpoint in mynet_xmit and press F5.

import { ENOMEM } from "linux/errno";
import { eth_type_trans, ether_setup } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import {
  alloc_netdev,
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";

/** What the driver keeps for each device. */
class mynet_priv {
  lock = new spinlock_t();
  stats = new net_device_stats();
}

let mynet_dev: net_device | null = null;

function mynet_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function mynet_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

/** Called with the device's xmit_lock held and bottom halves off: never sleep in here. */
function mynet_xmit(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<mynet_priv>(dev);
  const len = skb.len;

  const flags = spin_lock_irqsave(priv.lock);
  priv.stats.tx_packets++;
  priv.stats.tx_bytes += len;
  priv.stats.rx_packets++;
  priv.stats.rx_bytes += len;
  spin_unlock_irqrestore(priv.lock, flags);

  dev.trans_start = jiffies;
  skb.protocol = eth_type_trans(skb, dev);
  netif_rx(skb); // the packet belongs to the stack from here on
  return NETDEV_TX_OK;
}

function mynet_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<mynet_priv>(dev).stats;
}

function mynet_setup(dev: net_device): void {
  ether_setup(dev);
  dev.open = mynet_open;
  dev.stop = mynet_stop;
  dev.hard_start_xmit = mynet_xmit;
  dev.get_stats = mynet_get_stats;
  dev.dev_addr.set([0x02, 0, 0, 0, 0, 0x01]);
  spin_lock_init(netdev_priv<mynet_priv>(dev).lock);
}

function mynet_init(): number {
  const dev = alloc_netdev(mynet_priv, "mynet%d", mynet_setup);
  if (dev === null) return -ENOMEM;
  const err = register_netdev(dev);
  if (err !== 0) {
    free_netdev(dev);
    return err;
  }
  mynet_dev = dev;
  return 0;
}

function mynet_exit(): void {
  if (mynet_dev === null) return;
  unregister_netdev(mynet_dev);
  free_netdev(mynet_dev);
  mynet_dev = null;
}

module_init(mynet_init);
module_exit(mynet_exit);
MODULE_LICENSE("GPL");
