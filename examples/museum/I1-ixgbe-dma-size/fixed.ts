/*
 * ixgbe, 2009, mended: a buffer has one size, and who undoes a mapping clears its handle (re-tells commit 4f57ca6e17ed).
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

function ixgbe_alloc_rx_buffer({ pdev, rx }: rx_adapter, i: number): boolean {
  if (rx.skb[i]) return true;
  const skb = dev_alloc_skb(BUF_SIZE + NET_IP_ALIGN);
  if (skb === null) return false;
  skb_reserve(skb, NET_IP_ALIGN);
  rx.skb[i] = skb;
  rx.map[i] = pci_map_single(pdev!, skb.data, BUF_SIZE, PCI_DMA_FROMDEVICE);
  return true;
}

function ixgbe_clean_rx_irq({ pdev, rx }: rx_adapter, i: number): sk_buff | null {
  const skb = rx.skb[i]!;
  rx.skb[i] = null;
  pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE);
  rx.map[i] = 0;
  return skb;
}

function ixgbe_clean_rx_ring({ pdev, rx }: rx_adapter, i: number): void {
  if (rx.map[i]) {
    pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE);
    rx.map[i] = 0;
  }
  if (rx.skb[i]) {
    dev_kfree_skb(rx.skb[i]!);
    rx.skb[i] = null;
  }
}

const ixgbe_driver = rx_ring_driver("ixgbe", {
  alloc: ixgbe_alloc_rx_buffer,
  take: ixgbe_clean_rx_irq,
  clean: ixgbe_clean_rx_ring,
});
module_init(() => pci_register_driver(ixgbe_driver));
module_exit(() => pci_unregister_driver(ixgbe_driver));
