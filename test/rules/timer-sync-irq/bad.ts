/* del_timer_sync in the interrupt handler: wrong. */
// @lab nic=none
// @expect timer-sync-irq
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spinlock_t } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

function my_timer(_dev: net_device): void {}

class my_priv extends sw_priv {
  lock = new spinlock_t();
  timer = new timer_list();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
  dev.irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, 0, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  return 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  dev_kfree_skb(skb);
  mod_timer(netdev_priv<my_priv>(dev).timer, jiffies + HZ);
  raise_irq(dev.irq);
  return NETDEV_TX_OK;
}

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  del_timer_sync(p.timer);
  return IRQ_HANDLED;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit },
});
