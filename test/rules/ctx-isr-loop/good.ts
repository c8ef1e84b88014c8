/* Sixteen rounds, then poll has its turn. */
// @lab workload=flood-rx
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { __netif_rx_schedule, type net_device, netdev_priv, netif_rx_schedule_prep } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { GONE, ISR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv, napi_set_mask } from "../lib/napi-card.ts";

const ROUNDS = 16;

function eager_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<napi_priv>(dev);
  let handled = IRQ_NONE;
  spin_lock(p.lock);
  for (let i = 0; i < ROUNDS; i++) {
    const events = ioread32(p.io + ISR);
    if (events === GONE || !(events & p.mask)) break;
    handled = IRQ_HANDLED;
    iowrite32(events & RX_EVENTS, p.io + ISR);
    if (netif_rx_schedule_prep(dev)) {
      napi_set_mask(p, 0);
      __netif_rx_schedule(dev);
    }
  }
  spin_unlock(p.lock);
  return handled;
}

napi_module({ interrupt: eager_interrupt });
