/* A frame that comes between the last look and the unmask rots in the ring: wrong. */
// @lab workload=../lib/trickle.ts irq=msi cpus=2
// @expect napi-rotting ?napi-ack-before-scan
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
import { GONE, ISR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv, napi_rx, napi_set_mask } from "../lib/napi-card.ts";

/* poll acknowledges; the handler only calls it. */
function edge_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  spin_lock(p.lock);
  const events = ioread32(p.io + ISR);
  const mine = events !== GONE && (events & p.mask) !== 0;
  if (mine && netif_rx_schedule_prep(dev)) {
    napi_set_mask(p, 0);
    __netif_rx_schedule(dev);
  }
  spin_unlock(p.lock);
  return mine ? IRQ_HANDLED : IRQ_NONE;
}

/** Ends polling; true if it has to go on. */
function edge_done(dev: net_device, p: napi_priv): boolean {
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  napi_set_mask(p, RX_EVENTS);
  iowrite32(RX_EVENTS, p.io + ISR);
  spin_unlock_irqrestore(p.lock, flags);
  return false;
}

function edge_poll(dev: net_device, budget: { v: number }): number {
  const limit = Math.min(budget.v, dev.quota);
  const n = napi_rx(dev, limit);
  budget.v -= n;
  dev.quota -= n;
  if (n === limit) return 1;
  edge_done(dev, netdev_priv<napi_priv>(dev));
  return 0;
}

napi_module({ interrupt: edge_interrupt, callbacks: { poll: edge_poll } });
