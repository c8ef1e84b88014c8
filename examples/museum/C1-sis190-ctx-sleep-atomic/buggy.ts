/*
 * sis190, 2007: tx_timeout resets the chip with a function that sleeps.
 *
 * The reset function was written for open(), where sleeping is allowed. The watchdog calls tx_timeout from a softirq,
 * with bottom halves off and xmit_lock held: msleep() there schedules while atomic.
 * Mended by not sleeping in the reset (re-tells commit b334349eb4c8).
 */
// @lab nic=none workload=../workloads/timeout.ts
// @expect ctx-sleep-atomic
import { msleep } from "linux/delay";
import { dev_kfree_skb } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { register_devices, unregister_devices } from "../base/software.ts";

class sis190_private {
  resets = 0;
  tx_skb: sk_buff | null = null;
}

function sis190_soft_reset(tp: sis190_private): void {
  tp.resets++;
  msleep(1); // BUG when tx_timeout comes here
}

function sis190_hw_start(dev: net_device): void {
  sis190_soft_reset(netdev_priv<sis190_private>(dev));
}

function sis190_tx_clear(tp: sis190_private): void {
  const skb = tp.tx_skb;
  tp.tx_skb = null;
  if (skb !== null) dev_kfree_skb(skb);
}

/* This transmitter never finishes. */
function sis190_start_xmit(skb: sk_buff, dev: net_device): number {
  netdev_priv<sis190_private>(dev).tx_skb = skb;
  netif_stop_queue(dev);
  dev.trans_start = jiffies;
  return NETDEV_TX_OK;
}

function sis190_tx_timeout(dev: net_device): void {
  sis190_tx_clear(netdev_priv<sis190_private>(dev));
  sis190_hw_start(dev);
  netif_wake_queue(dev);
}

function sis190_open(dev: net_device): number {
  sis190_hw_start(dev);
  netif_start_queue(dev);
  return 0;
}

function sis190_close(dev: net_device): number {
  netif_stop_queue(dev);
  sis190_tx_clear(netdev_priv<sis190_private>(dev));
  return 0;
}

function sis190_setup(dev: net_device): void {
  dev.open = sis190_open;
  dev.stop = sis190_close;
  dev.hard_start_xmit = sis190_start_xmit;
  dev.tx_timeout = sis190_tx_timeout;
  dev.watchdog_timeo = HZ / 10;
}

const sis190_driver = { priv: sis190_private, setup: sis190_setup };
module_init(() => register_devices(sis190_driver));
module_exit(() => unregister_devices(sis190_driver));
