/* Only the handler reads the status that clears; poll looks at the ring. */
// @lab workload=sharedirq cpus=4
// @expect none
import { ioread32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { __netif_rx_schedule, type net_device, netdev_priv, netif_rx_schedule_prep } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { ALLMULTI, GONE, ISR, RX_EN, RX_EVENTS } from "../../../examples/labnic/regs.ts";
import { napi_done, napi_module, napi_priv, napi_rx, napi_set_mask } from "../lib/napi-card.ts";

/** CTRL: reading ISR clears it. */
const CLEAR_ON_READ = 0x40;

class cor_priv extends napi_priv {
  override ctrl = RX_EN | ALLMULTI | CLEAR_ON_READ;
}

function cor_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<cor_priv>(dev);
  spin_lock(p.lock);
  // while poll works, its events are none of our business
  const events = p.mask ? ioread32(p.io + ISR) : 0;
  if (events === 0 || events === GONE) {
    spin_unlock(p.lock);
    return IRQ_NONE;
  }
  if (events & RX_EVENTS && netif_rx_schedule_prep(dev)) {
    napi_set_mask(p, 0);
    __netif_rx_schedule(dev);
  }
  spin_unlock(p.lock);
  return IRQ_HANDLED;
}

function cor_poll(dev: net_device, budget: { v: number }): number {
  const limit = Math.min(budget.v, dev.quota);
  let n = napi_rx(dev, limit);
  if (n < limit) n += napi_rx(dev, limit - n);
  budget.v -= n;
  dev.quota -= n;
  if (n === limit) return 1;
  napi_done(dev);
  return 0;
}

napi_module({ priv: cor_priv, interrupt: cor_interrupt, callbacks: { poll: cor_poll } });
