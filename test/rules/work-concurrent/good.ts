/* One work item is queued again and again, from both CPUs, and counts: right. */
// @lab nic=none workload=./send.ts races
// @expect none
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import { dev_kfree_skb, type sk_buff } from "linux/skbuff";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
  resets = 0;
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.lock);
  INIT_WORK(p.work, my_work, p);
}

function my_work(p: my_priv): void {
  spin_lock(p.lock);
  p.resets++;
  spin_unlock(p.lock);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  schedule_work(netdev_priv<my_priv>(dev).work);
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: () => flush_scheduled_work(),
  callbacks: { hard_start_xmit: my_xmit },
});
