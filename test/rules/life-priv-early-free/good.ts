/* First nobody can call any more, then the table goes. */
// @lab workload=./leave-it-up.ts nic=none
// @expect none
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, dev_kfree_skb, random_ether_addr } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { GFP_KERNEL, kfree, kzalloc } from "linux/slab";

class sizes {
  small = 0;
  large = 0;
}

/** All is in the table. */
class nothing {}

let counted: net_device | null = null;
let table: sizes | null = null;

function count_xmit(skb: sk_buff, dev: net_device): number {
  if (skb.len < 128) table!.small++;
  else table!.large++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function count_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function count_stop(dev: net_device): number {
  netif_stop_queue(dev);
  table!.small = 0;
  table!.large = 0;
  return 0;
}

module_init(function count_init(): number {
  table = kzalloc(sizes, GFP_KERNEL);
  const dev = alloc_etherdev(nothing);
  let err = -ENOMEM;
  if (table && dev) {
    random_ether_addr(dev.dev_addr);
    dev.open = count_open;
    dev.stop = count_stop;
    dev.hard_start_xmit = count_xmit;
    err = register_netdev(dev);
  }
  if (!err) {
    counted = dev;
    return 0;
  }
  if (dev) free_netdev(dev);
  kfree(table);
  return err;
});

module_exit(function count_exit(): void {
  unregister_netdev(counted!);
  kfree(table);
  free_netdev(counted!);
});
