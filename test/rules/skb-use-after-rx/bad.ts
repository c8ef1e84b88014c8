/* Length read after netif_receive_skb: wrong. */
// @lab nic=none
// @expect skb-use-after-rx
import { ENOMEM } from "linux/errno";
import { dev_alloc_skb, eth_type_trans } from "linux/etherdevice";
import { local_bh_disable, local_bh_enable } from "linux/interrupt";
import { type net_device, netdev_priv, netif_receive_skb, netif_start_queue } from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import { software_driver, type sw_priv } from "../lib/software-device.ts";

function my_packet(dev: net_device): sk_buff | null {
  const skb = dev_alloc_skb(64);
  if (!skb) return null;
  skb_put(skb, 60);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  return skb;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<sw_priv>(dev);
  const skb = my_packet(dev);
  if (!skb) return -ENOMEM;
  local_bh_disable();
  netif_receive_skb(skb);
  p.stats.rx_bytes += skb.len;
  local_bh_enable();
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
