/*
 * 8139too, 2007: stop() waits for a work that re-arms itself, with rtnl held.
 *
 * A "thread" (a delayed work) looks after the link every two seconds. stop() cancelled it with
 * cancel_rearming_delayed_work(), which flushes the work queue, while rtnl was held. linkwatch_event in the same queue
 * waits for rtnl: nobody goes on.
 * Mended by not waiting in stop at all (re-tells commit 83cbb4d25771).
 */
// @lab nic=none workload=../workloads/two-down.ts
// @expect rtnl-flush ?hang ?deadlock
import { HZ } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { rtnl_trylock, rtnl_unlock } from "linux/rtnetlink";
import { cancel_rearming_delayed_work, INIT_WORK, schedule_delayed_work, work_struct } from "linux/workqueue";
import { plain_xmit } from "../base/plain.ts";
import { register_devices, unregister_devices } from "../base/software.ts";

const next_tick = 2 * HZ;

class rtl8139_private {
  thread = new work_struct();
  ticks = 0;
}

function rtl8139_thread_iter(tp: rtl8139_private): void {
  tp.ticks++;
}

function rtl8139_thread(data: unknown): void {
  const dev = data as net_device;
  const tp = netdev_priv<rtl8139_private>(dev);
  if (rtnl_trylock()) {
    if (netif_running(dev)) rtl8139_thread_iter(tp);
    rtnl_unlock();
  }
  schedule_delayed_work(tp.thread, next_tick);
}

function rtl8139_open(dev: net_device): number {
  const tp = netdev_priv<rtl8139_private>(dev);
  netif_start_queue(dev);
  netif_carrier_on(dev);
  schedule_delayed_work(tp.thread, next_tick);
  return 0;
}

function rtl8139_close(dev: net_device): number {
  const tp = netdev_priv<rtl8139_private>(dev);
  netif_stop_queue(dev);
  cancel_rearming_delayed_work(tp.thread); // BUG: waits for all works with rtnl held
  netif_carrier_off(dev);
  return 0;
}

function rtl8139_setup(dev: net_device): void {
  INIT_WORK(netdev_priv<rtl8139_private>(dev).thread, rtl8139_thread, dev);
  dev.open = rtl8139_open;
  dev.stop = rtl8139_close;
  dev.hard_start_xmit = plain_xmit;
}

const rtl8139_driver = { priv: rtl8139_private, count: 2, setup: rtl8139_setup };
module_init(() => register_devices(rtl8139_driver));
module_exit(() => unregister_devices(rtl8139_driver));
