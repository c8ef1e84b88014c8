/* A work item unlocks what open locked: wrong. */
// @lab nic=none
// @expect lock-owner lock-leak ?ctx-preempt-imbalance ?ctx-sleep-atomic ?deadlock
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.lock);
  INIT_WORK(p.work, my_work, dev);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  spin_lock(p.lock);
  schedule_work(p.work);
  netif_start_queue(dev);
  return 0;
}

function my_work(dev: net_device): void {
  spin_unlock(netdev_priv<my_priv>(dev).lock);
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: () => flush_scheduled_work(),
  callbacks: { open: my_open },
});
