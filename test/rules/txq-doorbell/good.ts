/* Each packet is announced. */
// @lab workload=./one-by-one.ts
// @expect none
import { iowrite32, mmiowb } from "asm/io";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import {
  PCI_DMA_TODEVICE,
  pci_dma_mapping_error,
  pci_map_single,
  pci_register_driver,
  pci_unregister_driver,
} from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import type { labnic } from "../../../examples/labnic/card.ts";
import { labnic_driver } from "../../../examples/labnic/pci.ts";
import { TX_TAIL } from "../../../examples/labnic/regs.ts";
import { labnic_avail, labnic_give_tx, next } from "../../../examples/labnic/rings.ts";

function put(skb: sk_buff, p: labnic): boolean {
  const map = pci_map_single(p.pdev!, skb.data, skb.len, PCI_DMA_TODEVICE);
  if (pci_dma_mapping_error(map)) return false;
  labnic_give_tx(p, p.prod, skb, map);
  p.prod = next(p.prod);
  return true;
}

function batch_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (labnic_avail(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  if (put(skb, p)) dev.trans_start = jiffies;
  else dev_kfree_skb_any(skb);
  const last = labnic_avail(p) === 0;
  if (last) netif_stop_queue(dev);
  iowrite32(p.prod, p.regs + TX_TAIL);
  mmiowb();
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

const driver = labnic_driver({
  name: "batch",
  setup: (dev) => {
    dev.hard_start_xmit = batch_xmit;
  },
});
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
