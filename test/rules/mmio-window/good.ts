/* Selecting a bank and reading it is one critical section, for the handler too. */
// @lab workload=../lib/counted-traffic.ts
// @expect none
import { type net_device, type net_device_stats, netdev_priv } from "linux/netdevice";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { card_driver, type card_priv } from "../lib/card.ts";
import { look_at_diagnostics, read_missed } from "../lib/windowed.ts";

function get_stats_locked(dev: net_device): net_device_stats {
  const p = netdev_priv<card_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  const stats = read_missed(p);
  spin_unlock_irqrestore(p.lock, flags);
  return stats;
}

card_driver({ interrupt: look_at_diagnostics, get_stats: get_stats_locked });
