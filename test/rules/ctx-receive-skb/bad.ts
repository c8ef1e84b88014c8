/* netif_receive_skb in process context: wrong. */
// @lab nic=none
// @expect ctx-receive-skb
import { dev_alloc_skb, eth_type_trans } from "linux/etherdevice";
import { type net_device, netif_receive_skb, netif_start_queue } from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import { software_driver } from "../lib/software-device.ts";

function my_packet(dev: net_device): sk_buff | null {
  const skb = dev_alloc_skb(64);
  if (!skb) return null;
  skb_put(skb, 60);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  return skb;
}

function my_open(dev: net_device): number {
  const skb = my_packet(dev);
  if (skb) netif_receive_skb(skb);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
