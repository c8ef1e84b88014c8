/* Who schedules poll masks the receive interrupt. */
// @lab workload=flood-rx
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { __netif_rx_schedule, type net_device, netdev_priv, netif_rx_schedule_prep } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { GONE, ISR } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv, napi_set_mask } from "../lib/napi-card.ts";

function quick_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  let result = IRQ_NONE;
  spin_lock(p.lock);
  const events = ioread32(p.io + ISR);
  if (events & p.mask && events !== GONE) {
    iowrite32(events, p.io + ISR);
    result = IRQ_HANDLED;
    if (netif_rx_schedule_prep(dev)) {
      napi_set_mask(p, 0);
      __netif_rx_schedule(dev);
    }
  }
  spin_unlock(p.lock);
  return result;
}

napi_module({ interrupt: quick_interrupt });
