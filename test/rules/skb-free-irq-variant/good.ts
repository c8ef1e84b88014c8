/* Freed by way of the softirq: right. */
// @lab nic=none advice
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, type net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
