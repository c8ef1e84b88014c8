/* The frame's type is looked at before its buffer is unmapped: wrong. */
// @lab workload=smoke
// @expect dma-cpu-access
import { eth_type_trans } from "linux/etherdevice";
import { type net_device, netif_rx } from "linux/netdevice";
import { PCI_DMA_FROMDEVICE, pci_unmap_single } from "linux/pci";
import { skb_put } from "linux/skbuff";
import { BUF, card_driver, type card_priv, refill } from "../lib/card.ts";

function receive_mapped(dev: net_device, p: card_priv, i: number, len: number): void {
  const skb = p.rx.skb[i]!;
  const map = p.rx.map[i]!;
  if (!refill(p, i)) return;
  skb_put(skb, len);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  pci_unmap_single(p.pdev!, map, BUF, PCI_DMA_FROMDEVICE);
  netif_rx(skb);
}

card_driver({ receive: receive_mapped });
