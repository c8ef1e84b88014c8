/*
 * b44, 2005: open() never starts the queue that close() stopped.
 *
 * A new device's queue is not stopped, so the first open worked. After "down" and "up" nothing was sent until the
 * watchdog came five seconds later; a network installer's DHCP client had given up by then.
 * Mended with netif_start_queue() in open (re-tells commit d9e2d185bf01).
 */
// @lab nic=none
// @expect txq-open-start
import { dev_kfree_skb } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { register_devices, unregister_devices } from "../base/software.ts";

class b44 {
  tx_packets = 0;
  hw_on = 0;
}

function b44_start_xmit(skb: sk_buff, dev: net_device): number {
  netdev_priv<b44>(dev).tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function b44_tx_timeout(dev: net_device): void {
  netdev_priv<b44>(dev).hw_on = 1;
  netif_wake_queue(dev);
}

function b44_open(dev: net_device): number {
  netdev_priv<b44>(dev).hw_on = 1;
  return 0; // BUG: the queue is as b44_close() left it
}

function b44_close(dev: net_device): number {
  netif_stop_queue(dev);
  netdev_priv<b44>(dev).hw_on = 0;
  return 0;
}

function b44_setup(dev: net_device): void {
  dev.open = b44_open;
  dev.stop = b44_close;
  dev.hard_start_xmit = b44_start_xmit;
  dev.tx_timeout = b44_tx_timeout;
  dev.watchdog_timeo = 5 * HZ;
}

const b44_driver = { priv: b44, setup: b44_setup };
module_init(() => register_devices(b44_driver));
module_exit(() => unregister_devices(b44_driver));
