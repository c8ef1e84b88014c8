/* Handler, poll and timer change the mask, each as if it were alone: wrong. */
// @lab workload=./busy-link.ts races
// @expect napi-mask-shared ?napi-mask-after-sched ?napi-complete-then-unmask ?napi-ack-before-scan
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE, synchronize_irq } from "linux/interrupt";
import { HZ, jiffies } from "linux/jiffies";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_carrier_off,
  netif_running,
  netif_rx_schedule_prep,
} from "linux/netdevice";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { GONE, IMR, ISR, LINK_CHANGE, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { link_check } from "../lib/link-card.ts";
import { napi_module, napi_open, napi_priv, napi_rx, napi_stop } from "../lib/napi-card.ts";

/** A link that bounces makes no more than one interrupt in this time. */
const DEBOUNCE = HZ / 100;

class debounce_priv extends napi_priv {
  timer = new timer_list();
}

function change_mask(p: debounce_priv, off: number, on: number): void {
  p.mask = (p.mask & ~off) | on;
  iowrite32(p.mask, p.io + IMR);
}

function debounce_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<debounce_priv>(dev);
  const status = ioread32(p.io + ISR);
  const events = status === GONE ? 0 : status & p.mask;
  if (!events) return IRQ_NONE;
  iowrite32(events, p.io + ISR);
  if (events & LINK_CHANGE) {
    change_mask(p, LINK_CHANGE, 0);
    netif_carrier_off(dev);
    if (netif_running(dev)) mod_timer(p.timer, jiffies + DEBOUNCE);
  }
  if (events & RX_EVENTS && netif_rx_schedule_prep(dev)) {
    change_mask(p, RX_EVENTS, 0);
    __netif_rx_schedule(dev);
  }
  return IRQ_HANDLED;
}

function debounce_timer(dev: net_device): void {
  const p = netdev_priv<debounce_priv>(dev);
  link_check(dev, p.io);
  change_mask(p, 0, LINK_CHANGE);
}

function debounce_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<debounce_priv>(dev);
  const limit = Math.min(budget.v, dev.quota);
  const n = napi_rx(dev, limit);
  budget.v -= n;
  dev.quota -= n;
  if (n === limit) return 1;
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  spin_unlock_irqrestore(p.lock, flags);
  change_mask(p, 0, RX_EVENTS);
  return 0;
}

function debounce_open(dev: net_device): number {
  const err = napi_open(dev);
  if (!err) mod_timer(netdev_priv<debounce_priv>(dev).timer, jiffies + 1);
  return err;
}

function debounce_stop(dev: net_device): number {
  const p = netdev_priv<debounce_priv>(dev);
  synchronize_irq(p.pdev!.irq);
  del_timer_sync(p.timer);
  napi_stop(dev);
  return 0;
}

napi_module({
  priv: debounce_priv,
  interrupt: debounce_interrupt,
  setup: (dev) => {
    const { timer } = netdev_priv<debounce_priv>(dev);
    init_timer(timer);
    timer.function = debounce_timer;
    timer.data = dev;
  },
  callbacks: { open: debounce_open, stop: debounce_stop, poll: debounce_poll },
});
