/* A reader in the handler, a writer with interrupts on: right. */
// @lab nic=none
// @expect none

import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import {
  read_lock,
  read_unlock,
  rwlock_init,
  rwlock_t,
  write_lock_irq,
  write_unlock_irq,
} from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  filter = new rwlock_t();
  promisc = 0;
}

function my_setup(dev: net_device): void {
  rwlock_init(netdev_priv<my_priv>(dev).filter);
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

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  read_lock(p.filter);
  if (p.promisc) p.stats.multicast++;
  read_unlock(p.filter);
  return IRQ_HANDLED;
}

function my_set_multicast_list(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  write_lock_irq(p.filter);
  p.promisc = dev.flags & 0x100;
  write_unlock_irq(p.filter);
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: {
    open: my_open,
    stop: my_stop,
    hard_start_xmit: my_xmit,
    set_multicast_list: my_set_multicast_list,
  },
});
