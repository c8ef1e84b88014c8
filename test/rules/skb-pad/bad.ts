/* Sixty bytes whatever the length: wrong. */
// @lab nic=none workload=../lib/short-frames.ts
// @expect skb-pad
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { memcpy, memset } from "linux/string";
import { software_driver, sw_priv } from "../lib/software-device.ts";

const ETH_ZLEN = 60;

class my_priv extends sw_priv {
  buffer = new Uint8Array(2048);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  memset(p.buffer, 0, ETH_ZLEN);
  memcpy(p.buffer, skb.data, skb.len < ETH_ZLEN ? ETH_ZLEN : skb.len);
  p.stats.tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
