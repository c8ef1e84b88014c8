/* netif_start_queue after a completion: wrong. */
// @lab nic=none
// @expect txq-start-vs-wake
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  queue: sk_buff[] = [];
  timer = new timer_list();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_done;
  p.timer.data = dev;
}

function my_clean(p: my_priv): void {
  for (let skb = p.queue.shift(); skb; skb = p.queue.shift()) dev_kfree_skb(skb);
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  del_timer_sync(p.timer);
  my_clean(p);
  return 0;
}

function my_tx_timeout(dev: net_device): void {
  my_clean(netdev_priv<my_priv>(dev));
  netif_wake_queue(dev);
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  dev.trans_start = jiffies;
  p.queue.push(skb);
  netif_stop_queue(dev);
  mod_timer(p.timer, jiffies + 3);
  return NETDEV_TX_OK;
}

function my_done(dev: net_device): void {
  my_clean(netdev_priv<my_priv>(dev));
  netif_start_queue(dev);
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { stop: my_stop, hard_start_xmit: my_xmit, tx_timeout: my_tx_timeout },
});
