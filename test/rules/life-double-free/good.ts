/* free_netdev twice: right. */
// @lab nic=none
// @expect none
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, dev_kfree_skb } from "linux/etherdevice";
import { MODULE_LICENSE, module_exit, module_init } from "linux/module";
import {
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

class my_priv {
  stats = new net_device_stats();
}

let dev: net_device | null = null;

function my_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  netdev_priv<my_priv>(dev).stats.tx_packets++;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function my_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<my_priv>(dev).stats;
}

function my_callbacks(dev: net_device): void {
  dev.open = my_open;
  dev.stop = my_stop;
  dev.hard_start_xmit = my_xmit;
  dev.get_stats = my_get_stats;
}

function my_init(): number {
  dev = alloc_etherdev(my_priv);
  if (!dev) return -ENOMEM;
  my_callbacks(dev);
  const err = register_netdev(dev);
  if (err) free_netdev(dev);
  return err;
}

function my_exit(): void {
  if (!dev) return;
  unregister_netdev(dev);
  free_netdev(dev);
}

MODULE_LICENSE("GPL");
module_init(my_init);
module_exit(my_exit);
