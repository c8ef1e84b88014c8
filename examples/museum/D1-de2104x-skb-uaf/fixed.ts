/*
 * de2104x, 2006, mended: first unmapped, then freed (re-tells commit 5185c7c20a4b).
 */
// @lab workload=../workloads/down-while-sending.ts
// @expect none

import { free_irq } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import { type net_device, netdev_priv, netif_carrier_off, netif_stop_queue } from "linux/netdevice";
import { PCI_DMA_TODEVICE, pci_register_driver, pci_unmap_single, pci_unregister_driver } from "linux/pci";
import { dev_kfree_skb } from "linux/skbuff";
import { del_timer_sync } from "linux/timer";
import { type labnic, labnic_wait_idle, RING_SIZE } from "../../labnic/card.ts";
import { labnic_hw_quiesce } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_free_rings } from "../../labnic/rings.ts";

function de_clean_tx_ring(de: labnic): void {
  for (let i = 0; i < RING_SIZE; i++) {
    const skb = de.tx.skb[i];
    if (!skb) continue;
    pci_unmap_single(de.pdev!, de.tx.map[i]!, skb.len, PCI_DMA_TODEVICE);
    dev_kfree_skb(skb);
    de.stats.tx_dropped++;
    de.tx.skb[i] = null;
  }
}

function de_close(dev: net_device): number {
  const de = netdev_priv<labnic>(dev);
  netif_stop_queue(dev);
  del_timer_sync(de.timer);
  labnic_hw_quiesce(de);
  labnic_wait_idle(de);
  free_irq(dev.irq, dev);
  de_clean_tx_ring(de);
  labnic_free_rings(de);
  netif_carrier_off(dev);
  return 0;
}

function de_setup(dev: net_device): void {
  dev.stop = de_close;
}

const de_driver = labnic_driver({ name: "de2104x", setup: de_setup });
module_init(() => pci_register_driver(de_driver));
module_exit(() => pci_unregister_driver(de_driver));
