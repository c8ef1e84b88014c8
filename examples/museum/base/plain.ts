/* The dull callbacks, for exhibits whose lesson is elsewhere: a device that swallows what it is to send. */
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, type net_device, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";

export function plain_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

export function plain_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

export function plain_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}
