/* Interrupts left off: right. */
// @lab nic=none
// @expect none
import { local_irq_disable, local_irq_enable } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { dev_kfree_skb_any, NETDEV_TX_OK, type net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  local_irq_disable();
  dev.trans_start = jiffies;
  local_irq_enable();
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
