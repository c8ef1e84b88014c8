/* Mapped and unmapped with two bytes more than the packet has. */
// @lab workload=smoke
// @expect none
import { PCI_DMA_TODEVICE, pci_dma_mapping_error, pci_map_single, pci_unmap_single } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { card_driver, type card_priv, give_tx, kick, next } from "../lib/card.ts";

const TRAILER = 2;

function queue_with_trailer(skb: sk_buff, p: card_priv): boolean {
  const map = pci_map_single(p.pdev!, skb.data, skb.len + TRAILER, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  p.tx.skb[p.prod] = skb;
  p.tx.map[p.prod] = map;
  give_tx(p, p.prod, skb, map);
  p.prod = next(p.prod);
  kick(p);
  return true;
}

function done_with_trailer(p: card_priv, i: number, skb: sk_buff): void {
  pci_unmap_single(p.pdev!, p.tx.map[i]!, skb.len + TRAILER, PCI_DMA_TODEVICE);
  p.tx.skb[i] = null;
  dev_kfree_skb_any(skb);
}

card_driver({ queue: queue_with_trailer, done_tx: done_with_trailer });
