/* The handler goes on as long as there is something, and something is always there: wrong. */
// @lab workload=flood-rx max-ticks=1000000
// @expect ctx-isr-loop ?irq-must-ack ?napi-mask-always ?run-limit ?hang
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { __netif_rx_schedule, type net_device, netdev_priv, netif_rx_schedule_prep } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { GONE, ISR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv } from "../lib/napi-card.ts";

function eager_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  for (;;) {
    const events = ioread32(p.io + ISR);
    if (events === GONE || !(events & p.mask)) break;
    handled = IRQ_HANDLED;
    if (netif_rx_schedule_prep(dev)) __netif_rx_schedule(dev);
    else iowrite32(events & ~RX_EVENTS, p.io + ISR);
  }
  spin_unlock(p.lock);
  return handled;
}

napi_module({ interrupt: eager_interrupt });
