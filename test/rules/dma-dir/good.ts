/* What was sent is unmapped as it was mapped. */
// @lab workload=smoke
// @expect none
import { PCI_DMA_TODEVICE, pci_unmap_single } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { card_driver, type card_priv } from "../lib/card.ts";

function done(p: card_priv, i: number, skb: sk_buff): void {
  pci_unmap_single(p.pdev!, p.tx.map[i]!, skb.len, PCI_DMA_TODEVICE);
  p.tx.skb[i] = null;
  dev_kfree_skb_any(skb);
}

card_driver({ done_tx: done });
