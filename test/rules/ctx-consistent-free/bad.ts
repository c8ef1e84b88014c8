/* Memory that is shared with a card is given back with interrupts off: wrong. */
// @lab workload=updown
// @expect ctx-consistent-free dma-coherent-ctx
import { ENOMEM } from "linux/errno";
import { type net_device, netdev_priv } from "linux/netdevice";
import { pci_alloc_consistent, pci_free_consistent } from "linux/pci";
import { spin_lock_irq, spin_unlock_irq } from "linux/spinlock";
import { link_module, link_open, link_priv, link_stop } from "../lib/link-card.ts";

const BYTES = 256;

/** A block that the card could write its counters to. */
class block_priv extends link_priv {
  block: Uint8Array | null = null;
  dma = 0;
}

function free_block(p: block_priv): void {
  spin_lock_irq(p.lock);
  if (p.block) pci_free_consistent(p.pdev!, BYTES, p.block, p.dma);
  p.block = null;
  spin_unlock_irq(p.lock);
}

function block_open(dev: net_device): number {
  const p = netdev_priv<block_priv>(dev);
  const { cpu, dma } = pci_alloc_consistent(p.pdev!, BYTES);
  if (!cpu) return -ENOMEM;
  p.block = cpu;
  p.dma = dma;
  const err = link_open(dev);
  if (err) free_block(p);
  return err;
}

function block_stop(dev: net_device): number {
  link_stop(dev);
  free_block(netdev_priv<block_priv>(dev));
  return 0;
}

link_module({ priv: block_priv, callbacks: { open: block_open, stop: block_stop } });
