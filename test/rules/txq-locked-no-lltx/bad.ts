/* LOCKED without LLTX: wrong. */
// @lab nic=none
// @expect txq-locked-no-lltx
import { NETDEV_TX_LOCKED, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  refusals = 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (p.refusals++ % 5 === 4) return NETDEV_TX_LOCKED;
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
