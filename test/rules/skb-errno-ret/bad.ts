/* An errno from hard_start_xmit: wrong. */
// @lab nic=none
// @expect skb-errno-ret ?txq-stall
import { ENOMEM } from "linux/errno";
import { type net_device, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_xmit } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  if (skb.len > 1000) {
    netif_stop_queue(dev);
    return -ENOMEM;
  }
  return sw_xmit(skb, dev);
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
