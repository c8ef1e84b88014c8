/*
 * bnx2, 2005, mended, and further than at the time: the merged patch (commit afdc08b9f9a7) had reset_task test
 * netif_running(), then set in_reset_task, which close() polled; close() could run between the test and the flag. Here
 * the test and the work are one section under the driver's own mutex, which close() takes too. The mutex is never held
 * around anything that needs rtnl, and the flush stands where rtnl is not held.
 */
// @lab nic=none workload=../workloads/two-down.ts
// @expect none
import { HZ } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import { mutex, mutex_init, mutex_lock, mutex_unlock } from "linux/mutex";
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
import { INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { plain_xmit } from "../base/plain.ts";
import { register_devices, unregister_devices } from "../base/software.ts";

class bnx2 {
  reset_task = new work_struct();
  lock = new mutex(); // resets and open/close exclude each other
  chip_on = 0;
}

function bnx2_reset_task(data: unknown): void {
  const dev = data as net_device;
  const bp = netdev_priv<bnx2>(dev);
  mutex_lock(bp.lock);
  if (netif_running(dev) && bp.chip_on) {
    netif_tx_disable(dev);
    bp.chip_on = 1;
    netif_wake_queue(dev);
  }
  mutex_unlock(bp.lock);
}

function bnx2_tx_timeout(dev: net_device): void {
  schedule_work(netdev_priv<bnx2>(dev).reset_task);
}

function bnx2_open(dev: net_device): number {
  const bp = netdev_priv<bnx2>(dev);
  mutex_lock(bp.lock);
  bp.chip_on = 1;
  netif_start_queue(dev);
  netif_carrier_on(dev);
  mutex_unlock(bp.lock);
  return 0;
}

function bnx2_close(dev: net_device): number {
  const bp = netdev_priv<bnx2>(dev);
  mutex_lock(bp.lock);
  netif_stop_queue(dev);
  bp.chip_on = 0;
  netif_carrier_off(dev);
  mutex_unlock(bp.lock);
  return 0;
}

function bnx2_setup(dev: net_device): void {
  const bp = netdev_priv<bnx2>(dev);
  INIT_WORK(bp.reset_task, bnx2_reset_task, dev);
  mutex_init(bp.lock);
  dev.open = bnx2_open;
  dev.stop = bnx2_close;
  dev.hard_start_xmit = plain_xmit;
  dev.tx_timeout = bnx2_tx_timeout;
  dev.watchdog_timeo = 5 * HZ;
}

const bnx2_driver = { priv: bnx2, count: 2, setup: bnx2_setup };
module_init(() => register_devices(bnx2_driver));
module_exit(() => unregister_devices(bnx2_driver));
