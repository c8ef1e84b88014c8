/* Interrupts come on where netpoll had them off: wrong. */
// @lab nic=none workload=netpoll
// @expect ctx-xmit-irqs-on ?ctx-irq-imbalance
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irq, spin_unlock_irq, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class talk_priv extends sw_priv {
  lock = new spinlock_t();
}

function talk_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<talk_priv>(dev);
  spin_lock_irq(p.lock);
  p.stats.tx_packets++;
  spin_unlock_irq(p.lock);
  dev.trans_start = jiffies;
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

software_driver({
  priv: talk_priv,
  setup: (dev) => spin_lock_init(netdev_priv<talk_priv>(dev).lock),
  callbacks: { hard_start_xmit: talk_xmit, poll_controller: () => {} },
});
