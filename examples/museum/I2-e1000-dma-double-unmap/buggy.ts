/*
 * e1000, 2009: closing unmaps each buffer that is there, also those that have been unmapped already.
 *
 * A short packet is copied ("copybreak"), and its buffer stays in the ring to be used again. It is unmapped then; mapping
 * it again is left to e1000_alloc_rx_buffers(), which does not come to the slot that always stays unused. But
 * e1000_clean_rx_ring() took "there is a buffer" for "it is mapped". The kernel's check: "driver tries to free DMA memory
 * it has not allocated".
 * Mended by clearing the handle where it is undone, and testing the handle (re-tells commit 679be3ba0c49).
 */
// @lab workload=smoke
// @expect dma-double-unmap
import { dev_alloc_skb, dev_kfree_skb } from "linux/etherdevice";
import { module_exit, module_init } from "linux/module";
import {
  PCI_DMA_FROMDEVICE,
  pci_map_single,
  pci_register_driver,
  pci_unmap_single,
  pci_unregister_driver,
} from "linux/pci";
import { type sk_buff, skb_reserve } from "linux/skbuff";
import { BUF_SIZE } from "../../labnic/rings.ts";
import { type rx_adapter, rx_ring_driver } from "../base/rx-ring.ts";

const NET_IP_ALIGN = 2;
const copybreak = 256;

function e1000_new_skb(size: number): sk_buff | null {
  const skb = dev_alloc_skb(size + NET_IP_ALIGN);
  if (skb !== null) skb_reserve(skb, NET_IP_ALIGN);
  return skb;
}

function e1000_alloc_rx_buffer({ pdev, rx }: rx_adapter, i: number): boolean {
  rx.skb[i] ??= e1000_new_skb(BUF_SIZE);
  if (rx.skb[i] === null) return false;
  rx.map[i] = pci_map_single(pdev!, rx.skb[i]!.data, BUF_SIZE, PCI_DMA_FROMDEVICE);
  return true;
}

function e1000_clean_rx_irq({ pdev, rx }: rx_adapter, i: number, length: number): sk_buff | null {
  const skb = rx.skb[i]!;
  pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE);
  const new_skb = length < copybreak ? e1000_new_skb(length) : null;
  if (new_skb !== null) {
    new_skb.data.set(skb.data.subarray(0, length));
    return new_skb; // the buffer is used again
  }
  rx.skb[i] = null;
  return skb;
}

function e1000_clean_rx_ring({ pdev, rx }: rx_adapter, i: number): void {
  if (rx.skb[i]) {
    pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE); // BUG: a buffer need not be mapped
    dev_kfree_skb(rx.skb[i]!);
    rx.skb[i] = null;
  }
}

const e1000_driver = rx_ring_driver("e1000", {
  alloc: e1000_alloc_rx_buffer,
  take: e1000_clean_rx_irq,
  clean: e1000_clean_rx_ring,
});
module_init(() => pci_register_driver(e1000_driver));
module_exit(() => pci_unregister_driver(e1000_driver));
