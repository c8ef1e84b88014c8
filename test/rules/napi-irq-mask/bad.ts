/* The receive interrupt stays unmasked while poll is scheduled: wrong. */
// @lab workload=flood-rx max-ticks=400000
// @expect napi-irq-mask ?napi-mask-always ?irq-must-ack ?run-limit ?hang ?ctx-isr-loop
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, netdev_priv, netif_rx_schedule } from "linux/netdevice";
import { GONE, ISR } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv } from "../lib/napi-card.ts";

function quick_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  const events = ioread32(p.io + ISR);
  if (!events || events === GONE || !p.mask) return IRQ_NONE;
  iowrite32(events, p.io + ISR);
  netif_rx_schedule(dev);
  return IRQ_HANDLED;
}

napi_module({ interrupt: quick_interrupt });
