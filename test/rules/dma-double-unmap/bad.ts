/* Whoever drops a frame unmaps its buffer, which stays in the ring and is unmapped again: wrong. */
// @lab workload=smoke
// @expect dma-double-unmap ?dma-live-free
import type { net_device } from "linux/netdevice";
import { PCI_DMA_FROMDEVICE, pci_unmap_single } from "linux/pci";
import { BUF, card_driver, type card_priv, receive } from "../lib/card.ts";

const SHORT = 70;

function drop_short(dev: net_device, p: card_priv, i: number, len: number): void {
  if (len >= SHORT) {
    receive(dev, p, i, len);
    return;
  }
  pci_unmap_single(p.pdev!, p.rx.map[i]!, BUF, PCI_DMA_FROMDEVICE);
  p.stats.rx_dropped++;
}

card_driver({ receive: drop_short });
