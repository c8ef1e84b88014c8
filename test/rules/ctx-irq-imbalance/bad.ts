/* Interrupts left off: wrong. */
// @lab nic=none
// @expect ctx-irq-imbalance
import { local_irq_disable } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { dev_kfree_skb_any, NETDEV_TX_OK, type net_device } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver } from "../lib/software-device.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  local_irq_disable();
  dev.trans_start = jiffies;
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

software_driver({ callbacks: { hard_start_xmit: my_xmit } });
