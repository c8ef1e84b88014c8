/* Packets are mapped as pages and unmapped as pages. */
// @lab workload=smoke
// @expect none
import { PCI_DMA_TODEVICE, pci_dma_mapping_error, pci_map_page, pci_unmap_page } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { card_driver, type card_priv, give_tx, kick, next } from "../lib/card.ts";

function queue_page(skb: sk_buff, p: card_priv): boolean {
  const map = pci_map_page(p.pdev!, skb.data, 0, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  p.tx.skb[p.prod] = skb;
  p.tx.map[p.prod] = map;
  give_tx(p, p.prod, skb, map);
  p.prod = next(p.prod);
  kick(p);
  return true;
}

function done_page(p: card_priv, i: number, skb: sk_buff): void {
  pci_unmap_page(p.pdev!, p.tx.map[i]!, skb.len, PCI_DMA_TODEVICE);
  p.tx.skb[i] = null;
  dev_kfree_skb_any(skb);
}

card_driver({ queue: queue_page, done_tx: done_page });
