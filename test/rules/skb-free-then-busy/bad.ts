/* Freed, then BUSY: wrong. */
// @lab nic=none
// @expect skb-free-then-busy ?txq-busy ?txq-stall
import { dev_kfree_skb } from "linux/etherdevice";
import { NETDEV_TX_BUSY, type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  refused = false;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (p.stats.tx_packets === 3 && !p.refused) {
    p.refused = true;
    netif_stop_queue(dev);
    dev_kfree_skb(skb);
    return NETDEV_TX_BUSY;
  }
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
