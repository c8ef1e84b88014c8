/* BUSY while the queue runs: right. */
// @lab nic=none
// @expect none
import type { net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  refusals = 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, callbacks: { hard_start_xmit: my_xmit } });
