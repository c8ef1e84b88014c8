/* Long packets are forgotten: right. */
// @lab nic=none
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { NETDEV_TX_OK, type net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_xmit } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  if (skb.len > 1000) {
    dev_kfree_skb(skb);
    return NETDEV_TX_OK;
  }
  return sw_xmit(skb, dev);
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
