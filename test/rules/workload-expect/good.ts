/* Packets are sent and not counted: right. */
// @lab nic=none workload=./counts.ts
// @expect none
import type { net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, sw_xmit } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  return sw_xmit(skb, dev);
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
