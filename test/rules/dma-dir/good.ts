/* Buffers that the driver both fills and reads are mapped both ways, and so unmapped. */
// @lab workload=smoke
// @expect none
import type { net_device } from "linux/netdevice";
import { PCI_DMA_BIDIRECTIONAL, pci_dma_mapping_error, pci_map_single, pci_unmap_single } from "linux/pci";
import { dev_alloc_skb, dev_kfree_skb_any, skb_put } from "linux/skbuff";
import { BUF, card_driver, type card_priv, deliver, done_tx, free_rings } from "../lib/card.ts";

function refill_both_ways(p: card_priv, i: number): boolean {
  const skb = dev_alloc_skb(BUF);
  if (skb === null) return false;
  const map = pci_map_single(p.pdev!, skb.data, BUF, PCI_DMA_BIDIRECTIONAL);
  if (pci_dma_mapping_error(map)) {
    dev_kfree_skb_any(skb);
    return false;
  }
  p.rx.skb[i] = skb;
  p.rx.map[i] = map;
  return true;
}

function receive_both_ways(dev: net_device, p: card_priv, i: number, len: number): void {
  const skb = p.rx.skb[i]!;
  const map = p.rx.map[i]!;
  if (!refill_both_ways(p, i)) return;
  pci_unmap_single(p.pdev!, map, BUF, PCI_DMA_BIDIRECTIONAL);
  skb_put(skb, len);
  deliver(dev, p, skb);
}

function free_both_ways(p: card_priv): void {
  for (const [i, skb] of p.rx.skb.entries()) {
    if (skb === null) continue;
    pci_unmap_single(p.pdev!, p.rx.map[i]!, BUF, PCI_DMA_BIDIRECTIONAL);
    p.rx.skb[i] = null;
    dev_kfree_skb_any(skb);
  }
  free_rings(p);
}

card_driver({ refill: refill_both_ways, receive: receive_both_ways, free_rings: free_both_ways, done_tx });
