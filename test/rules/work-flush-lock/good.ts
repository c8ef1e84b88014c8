/* The work's mutex is held while waiting for it: right. */
// @lab nic=none
// @expect none

import { ENOMEM } from "linux/errno";
import { mutex, mutex_init, mutex_lock, mutex_unlock } from "linux/mutex";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import {
  create_singlethread_workqueue,
  destroy_workqueue,
  flush_workqueue,
  INIT_WORK,
  queue_work,
  work_struct,
  type workqueue_struct,
} from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  mutex = new mutex();
  work = new work_struct();
  queue: workqueue_struct | null = null;
}

function my_setup(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  mutex_init(p.mutex);
  INIT_WORK(p.work, my_work, dev);
  p.queue = create_singlethread_workqueue("my_wq");
  return p.queue ? 0 : -ENOMEM;
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (p.queue) queue_work(p.queue, p.work);
  netif_start_queue(dev);
  return 0;
}

function my_work(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  mutex_lock(p.mutex);
  p.stats.collisions++;
  mutex_unlock(p.mutex);
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  if (p.queue) flush_workqueue(p.queue);
  mutex_lock(p.mutex);
  p.stats.collisions = 0;
  mutex_unlock(p.mutex);
  return 0;
}

function my_cleanup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  if (p.queue) destroy_workqueue(p.queue);
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: my_cleanup,
  callbacks: { open: my_open, stop: my_stop },
});
