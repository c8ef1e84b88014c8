/* The thread that stop waits for takes rtnl: right. */
// @lab nic=none
// @expect none

import { IS_ERR } from "linux/err";
import { ENOMEM } from "linux/errno";
import { kthread_run, kthread_should_stop, kthread_stop } from "linux/kthread";
import {
  type net_device,
  netdev_priv,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { rtnl_trylock, rtnl_unlock } from "linux/rtnetlink";
import { schedule_timeout_interruptible, type task_struct } from "linux/sched";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  thread: task_struct | null = null;
}

function check_link(dev: net_device): void {
  if (!rtnl_trylock()) return;
  if (netif_running(dev)) netdev_priv<my_priv>(dev).stats.collisions++;
  rtnl_unlock();
}

function my_thread(dev: net_device): number {
  while (!kthread_should_stop()) {
    check_link(dev);
    schedule_timeout_interruptible(2);
  }
  return 0;
}

function my_open(dev: net_device): number {
  const thread = kthread_run(my_thread, dev, "link");
  if (IS_ERR(thread)) return -ENOMEM;
  netdev_priv<my_priv>(dev).thread = thread as task_struct;
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  if (p.thread) kthread_stop(p.thread);
  p.thread = null;
  return 0;
}

software_driver({ priv: my_priv, callbacks: { open: my_open, stop: my_stop } });
