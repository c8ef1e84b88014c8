/* The packet is freed, then its mapping undone: wrong. */
// @lab workload=smoke
// @expect dma-unmap-order
import { PCI_DMA_TODEVICE, pci_unmap_single } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { card_driver, type card_priv } from "../lib/card.ts";

function free_then_unmap(p: card_priv, i: number, skb: sk_buff): void {
  const { len } = skb;
  p.tx.skb[i] = null;
  dev_kfree_skb_any(skb);
  pci_unmap_single(p.pdev!, p.tx.map[i]!, len, PCI_DMA_TODEVICE);
}

card_driver({ done_tx: free_then_unmap });
