/* Nothing done without a link: right. */
// @lab nic=none
// @expect none
import { dev_kfree_skb } from "linux/etherdevice";
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  n = 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (++p.n === 5) {
    p.stats.tx_carrier_errors++;
    dev_kfree_skb(skb);
    return NETDEV_TX_OK;
  }
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
