/* Freed twice: wrong. */
// @lab nic=none
// @expect skb-double-free ?skb-uaf
import { dev_kfree_skb } from "linux/etherdevice";
import type { net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_xmit } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  dev_kfree_skb(skb);
  return sw_xmit(skb, dev);
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
