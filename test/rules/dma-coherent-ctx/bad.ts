/* The rings are freed with interrupts off: wrong. */
// @lab workload=smoke
// @expect dma-coherent-ctx
import { free_irq } from "linux/interrupt";
import { type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { card_driver, type card_priv, free_rings, quiet } from "../lib/card.ts";

function stop_locked(dev: net_device): number {
  const p = netdev_priv<card_priv>(dev);
  netif_stop_queue(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.up = false;
  quiet(p);
  free_rings(p);
  spin_unlock_irqrestore(p.lock, flags);
  free_irq(p.pdev!.irq, dev);
  return 0;
}

card_driver({ stop: stop_locked });
