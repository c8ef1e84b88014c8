/* The handle of a buffer that has gone up stays, but nobody looks at it: no buffer, no mapping. */
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
import type { sk_buff } from "linux/skbuff";
import { BUF_SIZE } from "../../../examples/labnic/rings.ts";
import { type rx_adapter, rx_ring_driver } from "../../../examples/museum/base/rx-ring.ts";

function alloc({ pdev, rx }: rx_adapter, i: number): boolean {
  if (rx.skb[i]) return true;
  const skb = dev_alloc_skb(BUF_SIZE);
  if (skb === null) return false;
  rx.skb[i] = skb;
  rx.map[i] = pci_map_single(pdev!, skb.data, BUF_SIZE, PCI_DMA_FROMDEVICE);
  return true;
}

function take({ pdev, rx }: rx_adapter, i: number): sk_buff | null {
  const skb = rx.skb[i]!;
  pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE);
  rx.skb[i] = null;
  return skb;
}

function clean({ pdev, rx }: rx_adapter, i: number): void {
  const skb = rx.skb[i];
  if (!skb) return;
  pci_unmap_single(pdev!, rx.map[i]!, BUF_SIZE, PCI_DMA_FROMDEVICE);
  dev_kfree_skb(skb);
  rx.skb[i] = null;
}

const driver = rx_ring_driver("buffers", { alloc, take, clean });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
