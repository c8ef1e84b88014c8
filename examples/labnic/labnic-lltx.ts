/*
 * The reference driver with NETIF_F_LLTX: the core takes no xmit_lock, the driver's own lock serialises transmitting. A
 * sender that finds it taken goes away with NETDEV_TX_LOCKED and is called again soon.
 */
// @lab workload=bidirectional
// @expect none
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_LOCKED,
  NETDEV_TX_OK,
  NETIF_F_LLTX,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_trylock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import type { labnic } from "./card.ts";
import { labnic_queue_skb } from "./netdev.ts";
import { labnic_driver } from "./pci.ts";
import { labnic_avail } from "./rings.ts";

/*
 * Without xmit_lock neither stop() nor a reset waits for a sender that is on its way here: who comes after the card was
 * switched off (mask is 0, under the same lock) finds no ring, and drops the packet.
 */
function labnic_lltx_start_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<labnic>(dev);
  const flags = spin_trylock_irqsave(p.lock);
  if (flags === null) return NETDEV_TX_LOCKED;
  const up = p.mask !== 0;
  if (up && !labnic_avail(p)) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = up && labnic_queue_skb(skb, dev, p);
  if (!queued) p.stats.tx_dropped++;
  spin_unlock_irqrestore(p.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

function labnic_lltx_setup(dev: net_device): void {
  dev.features |= NETIF_F_LLTX;
  dev.hard_start_xmit = labnic_lltx_start_xmit;
}

const driver = labnic_driver({ name: "labnic-lltx", setup: labnic_lltx_setup });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
