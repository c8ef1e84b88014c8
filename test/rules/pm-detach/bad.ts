/* The card stops before the interface is detached: packets still come. */
// @lab workload=suspend
// @expect pm-detach ?txq-wake-down ?mmio-unmapped
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  type net_device,
  netdev_priv,
  netif_device_attach,
  netif_device_detach,
  netif_running,
} from "linux/netdevice";
import {
  PCI_D0,
  PCI_D3hot,
  type pci_dev,
  pci_disable_device,
  pci_enable_device,
  pci_get_drvdata,
  pci_register_driver,
  pci_restore_state,
  pci_save_state,
  pci_set_master,
  pci_set_power_state,
  pci_unregister_driver,
} from "linux/pci";
import { del_timer_sync, mod_timer } from "linux/timer";
import type { labnic } from "../../../examples/labnic/card.ts";
import { labnic_hw_down, labnic_hw_up } from "../../../examples/labnic/netdev.ts";
import { labnic_driver } from "../../../examples/labnic/pci.ts";

function sleepy_suspend(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  if (netif_running(dev)) {
    del_timer_sync(netdev_priv<labnic>(dev).timer);
    labnic_hw_down(dev);
  }
  netif_device_detach(dev);
  pci_save_state(pdev);
  pci_disable_device(pdev);
  pci_set_power_state(pdev, PCI_D3hot);
  return 0;
}

function sleepy_resume(pdev: pci_dev): number {
  const dev = pci_get_drvdata<net_device>(pdev);
  pci_set_power_state(pdev, PCI_D0);
  pci_restore_state(pdev);
  const err = pci_enable_device(pdev);
  if (err) return err;
  pci_set_master(pdev);
  if (netif_running(dev)) {
    labnic_hw_up(dev);
    mod_timer(netdev_priv<labnic>(dev).timer, jiffies + HZ);
  }
  netif_device_attach(dev);
  return 0;
}

const driver = { ...labnic_driver({ name: "sleepy" }), suspend: sleepy_suspend, resume: sleepy_resume };
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
