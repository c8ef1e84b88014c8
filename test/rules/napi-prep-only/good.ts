/* The poll is claimed and not scheduled: right. */
// @lab nic=none
// @expect none
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import {
  __netif_rx_schedule,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_poll_enable,
  netif_rx_complete,
  netif_rx_schedule_prep,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { software_driver, type sw_priv } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
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
  raise_irq(dev.irq);
  return NETDEV_TX_OK;
}

function my_poll(dev: net_device, _budget: { v: number }): number {
  netif_rx_complete(dev);
  return 0;
}

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<sw_priv>(dev);
  if (netif_rx_schedule_prep(dev)) {
    if (p.stats.rx_packets++ & 1) __netif_rx_schedule(dev);
    else netif_poll_enable(dev); // nothing to do after all
  }
  return IRQ_HANDLED;
}

software_driver({
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit, poll: my_poll, weight: 16 },
});
