/*
 * The correct driver beside another device on its line: called for nothing, before it is up, while it is down and while
 * its poll is at work.
 */
// @lab workload=sharedirq
// @expect none
import { module_exit, module_init } from "linux/module";
import { pci_register_driver, pci_unregister_driver } from "linux/pci";
import { labnic_driver } from "../../labnic/pci.ts";

const driver = labnic_driver({ name: "labnic" });
module_init(() => pci_register_driver(driver));
module_exit(() => pci_unregister_driver(driver));
