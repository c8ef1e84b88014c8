/*
 * 8139too, 2006, mended: interrupts come back as they were, on or off (re-tells commit bce305f4fe77).
 */
// @lab workload=netpoll
// @expect none
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import type { labnic } from "../../labnic/card.ts";
import { labnic_queue_skb } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_avail } from "../../labnic/rings.ts";

function rtl8139_start_xmit(skb: sk_buff, dev: net_device): number {
  const tp = netdev_priv<labnic>(dev);
  const flags = spin_lock_irqsave(tp.lock);
  if (labnic_avail(tp) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(tp.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = labnic_queue_skb(skb, dev, tp);
  spin_unlock_irqrestore(tp.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function rtl8139_setup(dev: net_device): void {
  dev.hard_start_xmit = rtl8139_start_xmit;
}

const rtl8139_driver = labnic_driver({ name: "8139too", setup: rtl8139_setup });
module_init(() => pci_register_driver(rtl8139_driver));
module_exit(() => pci_unregister_driver(rtl8139_driver));
