/* The counters' lock belongs to the handler, too, and get_stats takes it plainly: wrong. */
// @lab workload=./link-and-stats.ts
// @expect stat-lock-type ?lock-irq-self ?lock-bh-self
import { ioread32, iowrite32 } from "asm/io";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { type net_device, net_device_stats, netdev_priv } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { GONE, ISR, LINK_CHANGE } from "../../../examples/labnic/regs.ts";
import { link_check, link_module, link_priv } from "../lib/link-card.ts";

/** What others see: a copy, taken all at once. */
class copy_priv extends link_priv {
  shown = new net_device_stats();
}

function copy_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<copy_priv>(dev);
  const events = ioread32(p.io + ISR);
  if (events === GONE || !(events & LINK_CHANGE)) return IRQ_NONE;
  iowrite32(LINK_CHANGE, p.io + ISR);
  spin_lock(p.lock);
  p.stats.tx_carrier_errors++;
  link_check(dev, p.io);
  spin_unlock(p.lock);
  return IRQ_HANDLED;
}

function copy_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<copy_priv>(dev);
  spin_lock(p.lock);
  Object.assign(p.shown, p.stats);
  spin_unlock(p.lock);
  return p.shown;
}

link_module({ priv: copy_priv, interrupt: copy_interrupt, callbacks: { get_stats: copy_stats } });
