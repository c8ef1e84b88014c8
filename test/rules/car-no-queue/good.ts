/* The link comes back and wakes a full ring: right. */
// @lab nic=none workload=../lib/timeout-and-down.ts
// @expect none
import { raise_irq } from "lab/irq";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import {
  ring_driver,
  ring_open,
  ring_priv,
  ring_put,
  ring_room,
  ring_setup,
  ring_stop,
} from "../lib/ring.ts";

class my_priv extends ring_priv {
  timer = new timer_list();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  ring_setup(dev);
  init_timer(p.timer);
  p.timer.function = my_link;
  p.timer.data = dev;
}

function my_open(dev: net_device): number {
  mod_timer(netdev_priv<my_priv>(dev).timer, jiffies + 2);
  return ring_open(dev);
}

function my_link(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  netif_carrier_off(dev);
  netif_carrier_on(dev);
  mod_timer(p.timer, jiffies + 2);
}

function my_stop(dev: net_device): number {
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  return ring_stop(dev);
}

/** The interrupts come late: the watchdog sees to them. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (ring_room(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  ring_put(p, skb, dev);
  if (ring_room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

function my_tx_timeout(dev: net_device): void {
  raise_irq(dev.irq);
}

ring_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: {
    open: my_open,
    stop: my_stop,
    hard_start_xmit: my_xmit,
    tx_timeout: my_tx_timeout,
    watchdog_timeo: 10,
  },
});
