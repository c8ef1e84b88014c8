/* The length is kept, the mapping undone, then the packet freed. */
// @lab workload=smoke
// @expect none
import { PCI_DMA_TODEVICE, pci_unmap_single } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { card_driver, type card_priv } from "../lib/card.ts";

function unmap_then_free(p: card_priv, i: number, skb: sk_buff): void {
  const { len } = skb;
  p.tx.skb[i] = null;
  pci_unmap_single(p.pdev!, p.tx.map[i]!, len, PCI_DMA_TODEVICE);
  dev_kfree_skb_any(skb);
}

card_driver({ done_tx: unmap_then_free });
