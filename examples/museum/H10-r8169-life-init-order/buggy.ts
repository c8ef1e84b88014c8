/*
 * r8169 and bnx2, 2007, tg3, 2006: the device is registered before it is ready.
 *
 * From register_netdev() on, a hotplug script on another processor may open the device. probe() went on afterwards:
 * it initialised the timer that open() arms, copied the address, turned the carrier off after the link had come up.
 * Mended by registering last (re-tells commits 2efa53f373ed, c49a1561ee4b and 1b2f922f6869).
 */
// @lab nic=none workload=hotplug
// @expect life-init-order ?timer-init ?oops ?life-ops-set ?timer-reinit ?lock-uninit ?lock-data-race
import { ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  free_netdev,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  register_netdev,
  unregister_netdev,
} from "linux/netdevice";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { plain_xmit } from "../base/plain.ts";

class rtl8169_private {
  timer = new timer_list();
  link_ok = 0;
}

let netdev: net_device;

function rtl8169_phy_timer(data: unknown): void {
  const tp = netdev_priv<rtl8169_private>(data as net_device);
  tp.link_ok = 1;
}

function rtl8169_open(dev: net_device): number {
  mod_timer(netdev_priv<rtl8169_private>(dev).timer, jiffies + 10 * HZ);
  netif_start_queue(dev);
  return 0;
}

function rtl8169_close(dev: net_device): number {
  netif_stop_queue(dev);
  del_timer_sync(netdev_priv<rtl8169_private>(dev).timer);
  return 0;
}

function rtl8169_init_one(): number {
  const dev = alloc_etherdev(rtl8169_private);
  if (dev === null) return -ENOMEM;
  const tp = netdev_priv<rtl8169_private>(dev);
  dev.dev_addr.set([0x02, 0x4d, 0x55, 0x53, 0x03, 0x01]);
  dev.open = rtl8169_open;
  dev.stop = rtl8169_close;
  dev.hard_start_xmit = plain_xmit;

  const err = register_netdev(dev);
  if (err) {
    free_netdev(dev);
    return err;
  }
  init_timer(tp.timer); // BUG: open() may have run
  tp.timer.function = rtl8169_phy_timer;
  tp.timer.data = dev;
  netdev = dev;
  return 0;
}

function rtl8169_remove_one(): void {
  unregister_netdev(netdev);
  free_netdev(netdev);
}

module_init(rtl8169_init_one);
module_exit(rtl8169_remove_one);
