/* free_irq in a timer: wrong. */
// @lab nic=none
// @expect ctx-free-irq ?irq-double-free
import { alloc_irq } from "lab/irq";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { software_driver, sw_priv } from "../lib/software-device.ts";

function my_interrupt(): number {
  return IRQ_HANDLED;
}

class my_priv extends sw_priv {
  timer = new timer_list();
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  init_timer(p.timer);
  p.timer.function = my_timer;
  p.timer.data = dev;
  dev.irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, 0, dev.name, dev);
  if (err) return err;
  mod_timer(netdev_priv<my_priv>(dev).timer, jiffies + 2);
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  del_timer_sync(netdev_priv<my_priv>(dev).timer);
  free_irq(dev.irq, dev);
  return 0;
}

function my_timer(dev: net_device): void {
  free_irq(dev.irq, dev);
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open, stop: my_stop } });
