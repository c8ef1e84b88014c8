/** Short frames are copied and their buffer stays in the ring: what the sync functions are for. */
import type { net_device } from "linux/netdevice";
import { PCI_DMA_FROMDEVICE, pci_dma_sync_single_for_cpu, pci_dma_sync_single_for_device } from "linux/pci";
import { dev_alloc_skb, skb_put } from "linux/skbuff";
import { memcpy } from "linux/string";
import { BUF, type card_priv, deliver, receive } from "./card.ts";

const COPYBREAK = 256;

/** Takes the buffer of slot `i`, and gives it back. */
export interface syncs {
  for_cpu: (p: card_priv, i: number) => void;
  for_device: (p: card_priv, i: number) => void;
}

export function for_cpu(p: card_priv, i: number): void {
  pci_dma_sync_single_for_cpu(p.pdev!, p.rx.map[i]!, BUF, PCI_DMA_FROMDEVICE);
}

export function for_device(p: card_priv, i: number): void {
  pci_dma_sync_single_for_device(p.pdev!, p.rx.map[i]!, BUF, PCI_DMA_FROMDEVICE);
}

export function receive_copying(how: syncs) {
  return (dev: net_device, p: card_priv, i: number, len: number): void => {
    const copy = len < COPYBREAK ? dev_alloc_skb(len) : null;
    if (copy === null) {
      receive(dev, p, i, len);
      return;
    }
    how.for_cpu(p, i);
    memcpy(skb_put(copy, len), p.rx.skb[i]!.data, len);
    how.for_device(p, i);
    deliver(dev, p, copy);
  };
}
