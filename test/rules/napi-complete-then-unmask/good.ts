/* First complete, then unmask, in one step for the handler. */
// @lab workload=flood-rx irq=msi
// @expect none
import { iowrite32 } from "asm/io";
import { __netif_rx_complete, type net_device, netdev_priv } from "linux/netdevice";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { IMR, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_module, type napi_priv, napi_rx } from "../lib/napi-card.ts";

function finish(dev: net_device, p: napi_priv): void {
  const flags = spin_lock_irqsave(p.lock);
  __netif_rx_complete(dev);
  p.mask = RX_EVENTS;
  iowrite32(p.mask, p.io + IMR);
  spin_unlock_irqrestore(p.lock, flags);
}

function rx_poll(dev: net_device, budget: { v: number }): number {
  const to_do = Math.min(budget.v, dev.quota);
  const done = napi_rx(dev, to_do);
  budget.v -= done;
  dev.quota -= done;
  if (done < to_do) finish(dev, netdev_priv<napi_priv>(dev));
  return done < to_do ? 0 : 1;
}

napi_module({ callbacks: { poll: rx_poll } });
