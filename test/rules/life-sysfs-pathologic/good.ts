/* Two devices, and module_exit unregisters both. */
// @lab nic=none workload=./held-open.ts
// @expect none
import { ENOMEM } from "linux/errno";
import { dev_kfree_skb, ether_setup } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import {
  alloc_netdev,
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";

class pair_priv {
  stats = new net_device_stats();
}

const PAIR = 2;
const pair: net_device[] = [];

function pair_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function pair_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function pair_xmit(skb: sk_buff, dev: net_device): number {
  netdev_priv<pair_priv>(dev).stats.tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function pair_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<pair_priv>(dev).stats;
}

function pair_change_mtu(dev: net_device, mtu: number): number {
  dev.mtu = mtu;
  return 0;
}

function pair_setup(dev: net_device): void {
  ether_setup(dev);
  dev.open = pair_open;
  dev.stop = pair_stop;
  dev.hard_start_xmit = pair_xmit;
  dev.get_stats = pair_get_stats;
  dev.change_mtu = pair_change_mtu;
}

function pair_exit(): void {
  for (let i = 0; i < PAIR; i++) {
    unregister_netdev(pair[i]!);
    free_netdev(pair[i]!);
  }
}

/** Initialisation has failed half way. */
function pair_undo(): void {
  for (const dev of pair) {
    unregister_netdev(dev);
    free_netdev(dev);
  }
}

function pair_init(): number {
  for (let i = 0; i < PAIR; i++) {
    const dev = alloc_netdev(pair_priv, "pair%d", pair_setup);
    if (!dev) {
      pair_undo();
      return -ENOMEM;
    }
    dev.dev_addr.set([0x02, 0, 0, 0, 0, i]);
    const err = register_netdev(dev);
    if (err) {
      free_netdev(dev);
      pair_undo();
      return err;
    }
    pair.push(dev);
  }
  return 0;
}

MODULE_LICENSE("GPL");
module_init(pair_init);
module_exit(pair_exit);
