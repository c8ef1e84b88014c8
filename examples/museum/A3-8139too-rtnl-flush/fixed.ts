/*
 * 8139too, 2007, mended: the work takes rtnl, leaves if the device is down, and re-arms itself inside rtnl only while
 * have_thread says so; stop() just clears the flag (re-tells commit 83cbb4d25771). Further than the merged patch: the
 * flush in remove comes after unregister_netdev(), and a work whose delay has not yet run out is cancelled first.
 */
// @lab nic=none workload=../workloads/two-down.ts
// @expect none
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
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import {
  cancel_delayed_work,
  flush_scheduled_work,
  INIT_WORK,
  schedule_delayed_work,
  work_struct,
} from "linux/workqueue";
import { plain_xmit } from "../base/plain.ts";
import { register_devices, unregister_devices } from "../base/software.ts";

const next_tick = 2 * HZ;

class rtl8139_private {
  thread = new work_struct();
  ticks = 0;
  have_thread = 0;
}

function rtl8139_thread_iter(tp: rtl8139_private): void {
  tp.ticks++;
}

function rtl8139_thread(data: unknown): void {
  const dev = data as net_device;
  const tp = netdev_priv<rtl8139_private>(dev);
  rtnl_lock();
  if (netif_running(dev) && tp.have_thread) {
    rtl8139_thread_iter(tp);
    schedule_delayed_work(tp.thread, next_tick);
  }
  rtnl_unlock();
}

function rtl8139_open(dev: net_device): number {
  const tp = netdev_priv<rtl8139_private>(dev);
  netif_start_queue(dev);
  netif_carrier_on(dev);
  tp.have_thread = 1;
  schedule_delayed_work(tp.thread, next_tick);
  return 0;
}

function rtl8139_close(dev: net_device): number {
  const tp = netdev_priv<rtl8139_private>(dev);
  netif_stop_queue(dev);
  tp.have_thread = 0;
  cancel_delayed_work(tp.thread);
  netif_carrier_off(dev);
  return 0;
}

function rtl8139_setup(dev: net_device): void {
  INIT_WORK(netdev_priv<rtl8139_private>(dev).thread, rtl8139_thread, dev);
  dev.open = rtl8139_open;
  dev.stop = rtl8139_close;
  dev.hard_start_xmit = plain_xmit;
}

/* Nothing re-arms the work when the interface is down. */
function rtl8139_quiesce(dev: net_device): void {
  cancel_delayed_work(netdev_priv<rtl8139_private>(dev).thread);
  flush_scheduled_work();
}

const rtl8139_driver = { priv: rtl8139_private, count: 2, setup: rtl8139_setup, quiesce: rtl8139_quiesce };
module_init(() => register_devices(rtl8139_driver));
module_exit(() => unregister_devices(rtl8139_driver));
