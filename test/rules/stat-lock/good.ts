/* One at a time fetches and adds. */
// @lab workload=stats
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { type net_device, type net_device_stats, netdev_priv, netif_running } from "linux/netdevice";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { COLLISIONS, RX_MISSED, WINDOW } from "../../../examples/labnic/regs.ts";
import { link_module, type link_priv } from "../lib/link-card.ts";

function fetch(p: link_priv): void {
  iowrite32(0, p.io + WINDOW);
  p.stats.rx_missed_errors += ioread32(p.io + RX_MISSED);
  p.stats.collisions += ioread32(p.io + COLLISIONS);
}

function fetching_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<link_priv>(dev);
  if (!netif_running(dev)) return p.stats;
  const flags = spin_lock_irqsave(p.lock);
  fetch(p);
  spin_unlock_irqrestore(p.lock, flags);
  return p.stats;
}

link_module({ callbacks: { get_stats: fetching_stats } });
