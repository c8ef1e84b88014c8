/*
 * bnx2, 2005: close() waits for all works of the system while it holds rtnl.
 *
 * bnx2_close() flushed the shared work queue, to be sure that its reset_task does not run. It is called with rtnl held.
 * Another device's carrier change had queued linkwatch_event there, and that takes rtnl: each waits for the other.
 * Mended by waiting for the own work only, and flushing in remove (re-tells commit afdc08b9f9a7).
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
  netif_tx_disable,
  netif_wake_queue,
} from "linux/netdevice";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { plain_xmit } from "../base/plain.ts";
import { register_devices, unregister_devices } from "../base/software.ts";

class bnx2 {
  reset_task = new work_struct();
  chip_on = 0;
}

function bnx2_reset_task(data: unknown): void {
  const dev = data as net_device;
  const bp = netdev_priv<bnx2>(dev);
  if (!netif_running(dev)) return;
  netif_tx_disable(dev);
  bp.chip_on = 1;
  netif_wake_queue(dev);
}

function bnx2_tx_timeout(dev: net_device): void {
  schedule_work(netdev_priv<bnx2>(dev).reset_task);
}

function bnx2_open(dev: net_device): number {
  netdev_priv<bnx2>(dev).chip_on = 1;
  netif_start_queue(dev);
  netif_carrier_on(dev);
  return 0;
}

function bnx2_close(dev: net_device): number {
  const bp = netdev_priv<bnx2>(dev);
  flush_scheduled_work(); // BUG: rtnl is held, and linkwatch_event may be in the queue
  netif_stop_queue(dev);
  bp.chip_on = 0;
  netif_carrier_off(dev);
  return 0;
}

function bnx2_setup(dev: net_device): void {
  const bp = netdev_priv<bnx2>(dev);
  INIT_WORK(bp.reset_task, bnx2_reset_task, dev);
  dev.open = bnx2_open;
  dev.stop = bnx2_close;
  dev.hard_start_xmit = plain_xmit;
  dev.tx_timeout = bnx2_tx_timeout;
  dev.watchdog_timeo = 5 * HZ;
}

const bnx2_driver = { priv: bnx2, count: 2, setup: bnx2_setup };
module_init(() => register_devices(bnx2_driver));
module_exit(() => unregister_devices(bnx2_driver));
