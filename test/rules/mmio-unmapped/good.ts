/* The last access comes before the registers are unmapped. */
// @lab workload=reload
// @expect none
import { ioread32, iowrite32 } from "asm/io";
import { type net_device, netdev_priv } from "linux/netdevice";
import { type pci_dev, pci_get_drvdata } from "linux/pci";
import { card_driver, type card_priv, IMR, ISR, remove } from "../lib/card.ts";

function remove_silent(pdev: pci_dev): void {
  const { regs } = netdev_priv<card_priv>(pci_get_drvdata(pdev) as net_device);
  iowrite32(0, regs + IMR);
  ioread32(regs + ISR);
  remove(pdev);
}

card_driver({ remove: remove_silent });
