/*
 * ixgbe, 2009: a buffer is mapped with one size and unmapped with another, and its handle is not cleared.
 *
 * ixgbe_alloc_rx_buffers() mapped rx_buf_len + NET_IP_ALIGN bytes, the others unmapped rx_buf_len: with an IOMMU a piece
 * of the mapping is left each time. And a slot whose packet went up kept its DMA handle: as one slot of the ring always
 * stays unused, closing found a handle that had long been undone, and undid it again. Both had been there for
 * years, until the kernel learned to check the use of its DMA interface.
 * Mended with one size and cleared handles (re-tells commit 4f57ca6e17ed; igb's 91615f765a29 is alike).
 */
// @lab workload=smoke
// @expect dma-size dma-double-unmap
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
  const bufsz = BUF_SIZE + NET_IP_ALIGN;
  const skb = dev_alloc_skb(bufsz);
  if (skb === null) return false;
  skb_reserve(skb, NET_IP_ALIGN);
  rx.skb[i] = skb;
  rx.map[i] = pci_map_single(pdev!, skb.data, bufsz, PCI_DMA_FROMDEVICE); // BUG: it is unmapped with BUF_SIZE
  return true;
}

function ixgbe_clean_rx_irq({ pdev, rx }: rx_adapter, i: number): sk_buff | null {
  const skb = rx.skb[i]!;
  rx.skb[i] = null;
  pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE); // BUG: the handle stays
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
