/*
 * The reference driver of LabNIC: correct under every workload and every schedule. Read card.ts for the registers, rings.ts
 * for the memory that is shared with the card, netdev.ts for the interface, pci.ts for the life on the bus.
 */
// @lab workload=smoke
// @expect none
import { module_exit, module_init } from "linux/module";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic_driver } from "./pci.ts";

const driver = labnic_driver({ name: "labnic" });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
