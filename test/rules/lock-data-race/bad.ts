/* A timer and the receiver change one mask, each under a lock of its own: wrong. */
// @lab nic=none races
// @expect lock-data-race
import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue } from "linux/netdevice";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { add_timer, del_timer_sync, init_timer, timer_list } from "linux/timer";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  timer_lock = new spinlock_t();
  work_lock = new spinlock_t();
  mask = 0;
  timer = new timer_list();
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.timer_lock);
  spin_lock_init(p.work_lock);
  init_timer(p.timer);
  p.timer.function = my_timer as never;
  p.timer.data = dev as never;
  INIT_WORK(p.work, my_work, dev);
}

function my_timer(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.timer_lock);
  p.mask |= 1;
  spin_unlock_irqrestore(p.timer_lock, flags);
}

function my_work(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.work_lock);
  p.mask |= 2;
  spin_unlock_irqrestore(p.work_lock, flags);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.timer.expires = jiffies + 1;
  add_timer(p.timer);
  schedule_work(p.work);
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  return 0;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: () => flush_scheduled_work(),
  callbacks: { open: my_open, stop: my_stop },
});
