/* A handler waits for itself: wrong. */
// @lab nic=none
// @expect irq-free-in-handler ?deadlock ?hang ?run-limit ?work-running-check

import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { disable_irq, enable_irq, free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import type { sk_buff } from "linux/skbuff";
import { flush_scheduled_work, INIT_WORK, work_struct } from "linux/workqueue";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  work = new work_struct();
}

function my_setup(dev: net_device): void {
  INIT_WORK(netdev_priv<my_priv>(dev).work, my_restart, dev);
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
  return 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  dev_kfree_skb(skb);
  dev.trans_start = jiffies;
  raise_irq(dev.irq);
  return NETDEV_TX_OK;
}

function restart(dev: net_device): void {
  disable_irq(dev.irq);
  netdev_priv<my_priv>(dev).stats.tx_errors++;
  enable_irq(dev.irq);
}

function my_restart(dev: net_device): void {
  rtnl_lock();
  if (netif_running(dev)) restart(dev);
  rtnl_unlock();
}

/** Each interrupt of this card is an overrun: all begins anew. */
function my_interrupt(_irq: number, dev: net_device): number {
  restart(dev);
  return IRQ_HANDLED;
}

function my_cleanup(): void {
  flush_scheduled_work();
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: my_cleanup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit },
});
