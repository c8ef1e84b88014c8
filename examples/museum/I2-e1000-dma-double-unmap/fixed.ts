/*
 * e1000, 2009, mended: the handle is cleared where it is undone, and tells whether a buffer is mapped (re-tells commit
 * 679be3ba0c49).
 */
// @lab workload=smoke
// @expect none
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
  rx.map[i] = 0;
  const new_skb = length < copybreak ? e1000_new_skb(length) : null;
  if (new_skb !== null) {
    new_skb.data.set(skb.data.subarray(0, length));
    return new_skb; // the buffer is used again
  }
  rx.skb[i] = null;
  return skb;
}

function e1000_clean_rx_ring({ pdev, rx }: rx_adapter, i: number): void {
  if (rx.map[i]) {
    pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE);
    rx.map[i] = 0;
  }
  if (rx.skb[i]) {
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
