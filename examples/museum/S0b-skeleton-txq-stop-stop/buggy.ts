/*
 * A trap of each driver that resets its card while the interface is up: the queue is stopped too early.
 *
 * netif_tx_disable() stops the queue and waits for a sender that is on its way: then the transmit ring is nobody's. But as
 * long as interrupts are on, the handler may reclaim a packet, find the queue stopped and room in the ring, and wake it:
 * the next packet is put into a ring that is being freed.
 * Mended by stopping the queue when nobody is left who could wake it.
 */
// @lab workload=../workloads/mtu-under-traffic.ts
// @expect txq-stop-stop ?ioctl-mtu ?skb-use-after-ok ?dma-double-unmap ?dma-unmap-order ?oops
import { EINVAL } from "linux/errno";
import { synchronize_irq } from "linux/interrupt";
import { module_exit, module_init } from "linux/module";
import {
  type net_device,
  netdev_priv,
  netif_poll_disable,
  netif_running,
  netif_tx_disable,
} from "linux/netdevice";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { type labnic, labnic_wait_idle } from "../../labnic/card.ts";
import { labnic_hw_quiesce, labnic_hw_up } from "../../labnic/netdev.ts";
import { labnic_driver } from "../../labnic/pci.ts";
import { labnic_free_tx, labnic_reset_rings } from "../../labnic/rings.ts";

function skeleton_hw_down(dev: net_device): void {
  const p = netdev_priv<labnic>(dev);
  netif_poll_disable(dev);
  netif_tx_disable(dev); // BUG: the handler may still wake it
  labnic_hw_quiesce(p);
  synchronize_irq(dev.irq);
  labnic_wait_idle(p);
  labnic_free_tx(p);
  labnic_reset_rings(p);
}

/* The card is told its buffers' size when it comes up. */
function skeleton_change_mtu(dev: net_device, mtu: number): number {
  if (mtu < 68 || mtu > 1500) return -EINVAL;
  if (!netif_running(dev)) {
    dev.mtu = mtu;
    return 0;
  }
  skeleton_hw_down(dev);
  dev.mtu = mtu;
  labnic_hw_up(dev);
  return 0;
}

function skeleton_setup(dev: net_device): void {
  dev.change_mtu = skeleton_change_mtu;
}

const driver = labnic_driver({ name: "skeleton", setup: skeleton_setup });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
