/* A mapping that failed goes into the ring: wrong. */
// @lab workload=smoke fault=dma-map:every:12
// @expect dma-map-error ?dma-live-free ?dma-double-unmap
import { PCI_DMA_TODEVICE, pci_map_single } from "linux/pci";
import type { sk_buff } from "linux/skbuff";
import { card_driver, type card_priv, give_tx, kick, next } from "../lib/card.ts";

function queue_unchecked(skb: sk_buff, p: card_priv): boolean {
  const map = pci_map_single(p.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  p.tx.skb[p.prod] = skb;
  p.tx.map[p.prod] = map;
  give_tx(p, p.prod, skb, map);
  p.prod = next(p.prod);
  kick(p);
  return true;
}

card_driver({ queue: queue_unchecked });
