/* The card is silenced after its registers have been unmapped: wrong. */
// @lab workload=smoke
// @expect mmio-unmapped
import { ioread32 } from "asm/io";
import { free_netdev, type net_device, netdev_priv, unregister_netdev } from "linux/netdevice";
import {
  type pci_dev,
  pci_disable_device,
  pci_get_drvdata,
  pci_iounmap,
  pci_release_regions,
  pci_set_drvdata,
} from "linux/pci";
import { card_driver, type card_priv, ISR } from "../lib/card.ts";

function remove_unmapped(pdev: pci_dev): void {
  const dev = pci_get_drvdata(pdev) as net_device;
  const { regs } = netdev_priv<card_priv>(dev);
  unregister_netdev(dev);
  pci_iounmap(pdev, regs);
  ioread32(regs + ISR);
  pci_release_regions(pdev);
  pci_disable_device(pdev);
  pci_set_drvdata(pdev, null);
  free_netdev(dev);
}

card_driver({ remove: remove_unmapped });
