/* While poll is scheduled the handler does nothing about the line: wrong. */
// @lab workload=flood-rx cpus=4 max-ticks=400000
// @expect napi-mask-always ?napi-unmask-only-done ?irq-must-ack ?irq-shared-not-mine ?run-limit ?hang ?ctx-isr-loop ?irq-handled-ret
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import {
  __netif_rx_complete,
  __netif_rx_schedule,
  type net_device,
  netdev_priv,
  netif_rx_schedule_prep,
} from "linux/netdevice";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { GONE, IMR, ISR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv, napi_ready, napi_rx } from "../lib/napi-card.ts";

/* The events are acknowledged by poll, just before it looks at the ring. */
function lazy_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  const events = ioread32(p.io + ISR);
  if (events === GONE || !(events & p.mask)) return IRQ_NONE;
  spin_lock(p.lock);
  if (netif_rx_schedule_prep(dev)) {
    iowrite32(0, p.io + IMR);
    __netif_rx_schedule(dev);
  }
  spin_unlock(p.lock);
  return IRQ_HANDLED;
}

function lazy_poll(dev: net_device, budget: { v: number }): number {
  const p = netdev_priv<napi_priv>(dev);
  const quota = Math.min(budget.v, dev.quota);
  iowrite32(p.mask, p.io + IMR);
  iowrite32(RX_EVENTS, p.io + ISR);
  const done = napi_rx(dev, quota);
  budget.v -= done;
  dev.quota -= done;
  if (done === quota || napi_ready(p)) return 1;
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  iowrite32(p.mask, p.io + IMR);
  spin_unlock_irqrestore(p.lock, flags);
  return 0;
}

napi_module({ interrupt: lazy_interrupt, callbacks: { poll: lazy_poll } });
