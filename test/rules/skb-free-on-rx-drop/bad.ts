/* Freed again after NET_RX_DROP: wrong. */
// @lab nic=none backlog=2
// @expect skb-free-on-rx-drop
import { dev_alloc_skb, eth_type_trans } from "linux/etherdevice";
import { local_bh_disable, local_bh_enable } from "linux/interrupt";
import { NET_RX_DROP, type net_device, netif_rx, netif_start_queue } from "linux/netdevice";
import { kfree_skb, type sk_buff, skb_put } from "linux/skbuff";
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
  local_bh_disable();
  for (let i = 0; i < 8; i++) {
    const skb = my_packet(dev);
    if (skb && netif_rx(skb) === NET_RX_DROP) kfree_skb(skb);
  }
  local_bh_enable();
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
