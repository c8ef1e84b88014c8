/** Two users of the register window: the handler looks at bank 2, get_stats at the counters in bank 0. */
import { ioread32, iowrite32 } from "asm/io";
import { udelay } from "linux/delay";
import type { net_device, net_device_stats } from "linux/netdevice";
import { netdev_priv } from "linux/netdevice";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { type card_priv, interrupt } from "./card.ts";

const WINDOW = 0x48;
const DIAG = 0x80;
const RX_MISSED = 0x90;

export function look_at_diagnostics(irq: number, dev_id: unknown): number {
  const handled = interrupt(irq, dev_id);
  const p = netdev_priv<card_priv>(dev_id as net_device);
  if (!handled) return handled;
  spin_lock(p.lock);
  iowrite32(2, p.regs + WINDOW);
  ioread32(p.regs + DIAG);
  spin_unlock(p.lock);
  return handled;
}

/** What get_stats does, under a lock or not: the counters are there some time after they were asked for. */
export function read_missed(p: card_priv): net_device_stats {
  iowrite32(0, p.regs + WINDOW);
  ioread32(p.regs + WINDOW);
  udelay(5);
  p.stats.rx_missed_errors += ioread32(p.regs + RX_MISSED);
  return p.stats;
}
