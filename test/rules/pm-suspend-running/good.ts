/* An interface that is down has no interrupt to give back. */
// @lab workload=suspend
// @expect none
import { free_irq } from "linux/interrupt";
import { type net_device, netif_device_attach, netif_device_detach, netif_running } from "linux/netdevice";
import { type pci_dev, pci_get_drvdata } from "linux/pci";
import { link_down, link_module, link_request, link_sleep, link_up, link_wake } from "../lib/link-card.ts";

function phy_suspend(pdev: pci_dev, state: number): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  netif_device_detach(dev);
  if (netif_running(dev)) {
    link_down(dev);
    free_irq(pdev.irq, dev);
  }
  link_sleep(pdev, state);
  return 0;
}

function phy_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  const err = link_wake(pdev);
  if (err) return err;
  if (netif_running(dev) && link_request(dev) === 0) link_up(dev);
  netif_device_attach(dev);
  return 0;
}

link_module({ suspend: phy_suspend, resume: phy_resume });
