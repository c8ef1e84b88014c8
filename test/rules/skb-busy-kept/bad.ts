/* The refused packet stays in the slot: wrong. */
// @lab nic=none
// @expect skb-busy-kept txq-busy ?txq-stall
import { NETDEV_TX_BUSY, type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  skb: sk_buff | null = null;
  refused = false;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.skb = skb;
  if (p.stats.tx_packets === 3 && !p.refused) {
    p.refused = true;
    netif_stop_queue(dev);
    return NETDEV_TX_BUSY;
  }
  p.skb = null;
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
