/* The queue is stopped too late: right. */
// @lab nic=none
// @expect none
import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_stop_queue, netif_wake_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv, sw_xmit } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  count = 0;
  timer = new timer_list();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_done;
  p.timer.data = dev;
}

function my_done(dev: net_device): void {
  netdev_priv<my_priv>(dev).count = 0;
  netif_wake_queue(dev);
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  netdev_priv<my_priv>(dev).count = 0;
  return 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  if (++p.count === 4) {
    netif_stop_queue(dev);
    mod_timer(p.timer, jiffies + 1);
  }
  return sw_xmit(skb, dev);
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { stop: my_stop, hard_start_xmit: my_xmit } });
