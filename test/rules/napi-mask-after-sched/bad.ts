/* poll may have unmasked before the handler masks: wrong. */
// @lab workload=flood-rx
// @expect napi-mask-after-sched ?napi-irq-mask
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { __netif_rx_schedule, type net_device, netdev_priv, netif_rx_schedule_prep } from "linux/netdevice";
import { GONE, IMR, ISR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv } from "../lib/napi-card.ts";

function swapped_interrupt(_irq: number, dev: net_device): number {
  const { io } = netdev_priv<napi_priv>(dev);
  const enabled = ioread32(io + IMR);
  const events = ioread32(io + ISR);
  if (events === GONE || (events & enabled & RX_EVENTS) === 0) return IRQ_NONE;
  iowrite32(RX_EVENTS, io + ISR);
  if (netif_rx_schedule_prep(dev)) {
    __netif_rx_schedule(dev);
    iowrite32(0, io + IMR);
  }
  return IRQ_HANDLED;
}

napi_module({ interrupt: swapped_interrupt });
