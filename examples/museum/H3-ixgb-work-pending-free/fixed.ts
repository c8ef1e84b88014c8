/*
 * ixgb, 2008, mended, and further than at the time: the merged patch (commit 1257969724e7) flushed before
 * unregister_netdev(), when the watchdog could still queue the work again. Here the flush comes after it: nobody queues
 * any more, rtnl is not held, the memory is still there.
 */
// @lab nic=none workload=../workloads/remove-after-timeout.ts
// @expect none

import { msleep } from "linux/delay";
import { ENOMEM } from "linux/errno";
import { alloc_etherdev, dev_kfree_skb } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import type { sk_buff } from "linux/skbuff";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";

class ixgb_adapter {
  tx_timeout_task = new work_struct();
  skb: sk_buff | null = null;
}

let netdev: net_device;

function ixgb_clean(adapter: ixgb_adapter): void {
  const skb = adapter.skb;
  adapter.skb = null;
  if (skb !== null) dev_kfree_skb(skb);
}

function ixgb_tx_timeout_task(data: unknown): void {
  const dev = data as net_device;
  msleep(8); // lets the adapter settle
  rtnl_lock();
  if (netif_running(dev)) {
    ixgb_clean(netdev_priv<ixgb_adapter>(dev));
    netif_wake_queue(dev);
  }
  rtnl_unlock();
}

function ixgb_tx_timeout(dev: net_device): void {
  schedule_work(netdev_priv<ixgb_adapter>(dev).tx_timeout_task);
}

/* This adapter never finishes. */
function ixgb_xmit_frame(skb: sk_buff, dev: net_device): number {
  netdev_priv<ixgb_adapter>(dev).skb = skb;
  netif_stop_queue(dev);
  dev.trans_start = jiffies;
  return NETDEV_TX_OK;
}

function ixgb_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function ixgb_close(dev: net_device): number {
  netif_stop_queue(dev);
  ixgb_clean(netdev_priv<ixgb_adapter>(dev));
  return 0;
}

function ixgb_probe(): number {
  const dev = alloc_etherdev(ixgb_adapter);
  if (dev === null) return -ENOMEM;
  dev.dev_addr.set([0x02, 0x4d, 0x55, 0x53, 0x02, 0x01]);
  INIT_WORK(netdev_priv<ixgb_adapter>(dev).tx_timeout_task, ixgb_tx_timeout_task, dev);
  dev.open = ixgb_open;
  dev.stop = ixgb_close;
  dev.hard_start_xmit = ixgb_xmit_frame;
  dev.tx_timeout = ixgb_tx_timeout;
  dev.watchdog_timeo = HZ / 50;
  const err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  netdev = dev;
  return 0;
}

function ixgb_remove(): void {
  unregister_netdev(netdev);
  flush_scheduled_work();
  free_netdev(netdev);
}

module_init(ixgb_probe);
module_exit(ixgb_remove);
