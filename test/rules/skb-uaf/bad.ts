/* Length read after the free: wrong. */
// @lab nic=none
// @expect skb-uaf
import { dev_kfree_skb } from "linux/etherdevice";
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, type sw_priv } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<sw_priv>(dev);
  dev_kfree_skb(skb);
  p.stats.tx_bytes += skb.len;
  return NETDEV_TX_OK;
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
