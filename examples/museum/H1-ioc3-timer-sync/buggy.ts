/*
 * ioc3-eth, 2006: del_timer() does not wait for a handler that is running.
 *
 * A timer looks at the link and re-arms itself. close() deleted it with del_timer(): if the handler is running on
 * another processor at that moment, nothing is pending to delete, and the handler re-arms the timer afterwards.
 * Mended with del_timer_sync() (re-tells commit cfadbd298e8b).
 */
// @lab nic=none workload=../workloads/long-updown.ts
// @expect timer-sync ?timer-rearm ?timer-pending-stop ?life-stop-quiesce ?timer-reinit ?life-use-after-free
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { del_timer, init_timer, mod_timer, timer_list } from "linux/timer";
import { plain_xmit } from "../base/plain.ts";
import { register_devices, unregister_devices } from "../base/software.ts";

const POLL_INTERVAL = HZ / 250;

class ioc3_private {
  ioc3_timer = new timer_list();
  link_checks = 0;
}

function ioc3_timer(data: unknown): void {
  const ip = netdev_priv<ioc3_private>(data as net_device);
  ip.link_checks++;
  mod_timer(ip.ioc3_timer, jiffies + POLL_INTERVAL);
}

function ioc3_open(dev: net_device): number {
  mod_timer(netdev_priv<ioc3_private>(dev).ioc3_timer, jiffies + POLL_INTERVAL);
  netif_start_queue(dev);
  return 0;
}

function ioc3_close(dev: net_device): number {
  del_timer(netdev_priv<ioc3_private>(dev).ioc3_timer); // BUG: the handler may be running
  netif_stop_queue(dev);
  return 0;
}

function ioc3_setup(dev: net_device): void {
  const ip = netdev_priv<ioc3_private>(dev);
  init_timer(ip.ioc3_timer);
  ip.ioc3_timer.function = ioc3_timer;
  ip.ioc3_timer.data = dev;
  dev.open = ioc3_open;
  dev.stop = ioc3_close;
  dev.hard_start_xmit = plain_xmit;
}

const ioc3_driver = { priv: ioc3_private, setup: ioc3_setup };
module_init(() => register_devices(ioc3_driver));
module_exit(() => unregister_devices(ioc3_driver));
