/* The owner of xmit_lock tells netpoll that it must not wait. */
// @lab nic=none workload=netpoll
// @expect none
import { jiffies } from "linux/jiffies";
import { KERN_INFO, printk } from "linux/kernel";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { smp_processor_id } from "linux/smp";
import { spin_lock_bh, spin_unlock_bh } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class owner_priv extends sw_priv {
  timer = new timer_list();
}

function owner_xmit(skb: sk_buff, dev: net_device): number {
  netdev_priv<owner_priv>(dev).stats.tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

/* Now and then the driver tells how much it has sent, and nobody sends meanwhile. */
function owner_tell(dev: net_device): void {
  const p = netdev_priv<owner_priv>(dev);
  spin_lock_bh(dev.xmit_lock);
  dev.xmit_lock_owner = smp_processor_id();
  printk(`${KERN_INFO}${dev.name}: ${p.stats.tx_packets} packets\n`);
  dev.xmit_lock_owner = -1;
  spin_unlock_bh(dev.xmit_lock);
  mod_timer(p.timer, jiffies + 1);
}

function owner_open(dev: net_device): number {
  mod_timer(netdev_priv<owner_priv>(dev).timer, jiffies + 1);
  netif_start_queue(dev);
  return 0;
}

function owner_stop(dev: net_device): number {
  netif_stop_queue(dev);
  del_timer_sync(netdev_priv<owner_priv>(dev).timer);
  return 0;
}

software_driver({
  priv: owner_priv,
  setup: (dev) => {
    const { timer } = netdev_priv<owner_priv>(dev);
    init_timer(timer);
    timer.function = owner_tell;
    timer.data = dev;
  },
  callbacks: { open: owner_open, stop: owner_stop, hard_start_xmit: owner_xmit, poll_controller: () => {} },
});
