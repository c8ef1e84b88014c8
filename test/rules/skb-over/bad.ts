/* skb_put beyond the buffer: wrong. */
// @lab nic=none
// @expect skb-over
import { ENOMEM } from "linux/errno";
import { dev_alloc_skb, dev_kfree_skb } from "linux/etherdevice";
import { type net_device, netif_start_queue } from "linux/netdevice";
import { skb_put } from "linux/skbuff";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  const skb = dev_alloc_skb(64);
  if (!skb) return -ENOMEM;
  skb_put(skb, 4000);
  dev_kfree_skb(skb);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
