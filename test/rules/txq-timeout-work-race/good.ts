/* Reset work during stop: right. */
// @lab nic=none workload=../lib/timeout-and-down.ts
// @expect none
import { msleep } from "linux/delay";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irq, spin_lock_irqsave, spin_unlock_irq, spin_unlock_irqrestore } from "linux/spinlock";
import { flush_scheduled_work, INIT_WORK, schedule_work, work_struct } from "linux/workqueue";
import { ring_clean, ring_driver, ring_priv, ring_put, ring_room, ring_setup } from "../lib/ring.ts";

class my_priv extends ring_priv {
  reset = new work_struct();
  lost = 0;
}

function my_setup(dev: net_device): void {
  ring_setup(dev);
  INIT_WORK(netdev_priv<my_priv>(dev).reset, my_reset, dev);
}

/** Loses every interrupt. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  ring_put(p, skb, dev);
  if (ring_room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

function my_tx_timeout(dev: net_device): void {
  schedule_work(netdev_priv<my_priv>(dev).reset);
}

function my_reset(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  p.stats.tx_errors++;
  msleep(30);
  rtnl_lock();
  if (netif_running(dev)) {
    netif_stop_queue(dev);
    spin_lock_irq(p.lock);
    ring_clean(p);
    spin_unlock_irq(p.lock);
    netif_wake_queue(dev);
  }
  rtnl_unlock();
}

function my_cleanup(): void {
  flush_scheduled_work();
}

ring_driver({
  priv: my_priv,
  setup: my_setup,
  cleanup: my_cleanup,
  callbacks: { hard_start_xmit: my_xmit, tx_timeout: my_tx_timeout, watchdog_timeo: 10 },
});
