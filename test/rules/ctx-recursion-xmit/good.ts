/* hard_start_xmit sends on its own device: right. */
// @lab nic=none
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import type { net_device } from "linux/netdevice";
import { type sk_buff, skb_copy } from "linux/skbuff";
import { GFP_ATOMIC } from "linux/slab";
import { software_driver, sw_xmit } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const copy = skb_copy(skb, GFP_ATOMIC);
  if (copy) dev_kfree_skb(copy);
  return sw_xmit(skb, dev);
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
