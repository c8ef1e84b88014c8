/* The buffer is unmapped, then the frame looked at; what is only sent may be read at any time. */
// @lab workload=smoke
// @expect none
import { eth_type_trans } from "linux/etherdevice";
import { type net_device, netif_rx } from "linux/netdevice";
import { PCI_DMA_FROMDEVICE, pci_unmap_single } from "linux/pci";
import { type sk_buff, skb_copy_bits, skb_put } from "linux/skbuff";
import { BUF, card_driver, type card_priv, done_tx, refill } from "../lib/card.ts";

const header = new Uint8Array(14);

function receive_unmapped(dev: net_device, p: card_priv, i: number, len: number): void {
  const skb = p.rx.skb[i]!;
  const map = p.rx.map[i]!;
  if (!refill(p, i)) return;
  pci_unmap_single(p.pdev!, map, BUF, PCI_DMA_FROMDEVICE);
  skb_put(skb, len);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  netif_rx(skb);
}

function look_and_unmap(p: card_priv, i: number, skb: sk_buff): void {
  skb_copy_bits(skb, 0, header, header.length);
  done_tx(p, i, skb);
}

card_driver({ receive: receive_unmapped, done_tx: look_and_unmap });
