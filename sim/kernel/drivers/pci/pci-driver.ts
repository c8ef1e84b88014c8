/** Binding drivers to devices (drivers/pci/pci-driver.c). */
import { card_gone, card_like } from "hardware";
import { driver_call, emit, point } from "machine";
import { should_fail } from "../../kernel/fault.ts";
import { check_arg, emit_misuse } from "../../kernel/misuse.ts";
import { KERN_WARNING, printk } from "../../kernel/printk.ts";
import { __might_sleep } from "../../kernel/sched.ts";
import { EIO, ENODEV } from "../../lib/errno.ts";
import {
  need_pdev,
  type pci_dev,
  type pci_device_id,
  pci_devices,
  type pci_driver,
  pci_name,
} from "./pci_dev.ts";
import * as regs from "./pci_regs.ts";

let drivers: pci_driver[] = [];

/** Boot: no driver is there. */
export function pci_driver_init(): void {
  drivers = [];
}

function fits(wanted: number | undefined, is: number): boolean {
  return wanted === undefined || wanted >>> 0 === regs.PCI_ANY_ID || wanted === is;
}

/** The entry of a table that means the device; null if none does. Linux drivers/pci/pci-driver.c: pci_match_id. */
export function pci_match_id(ids: readonly pci_device_id[], pdev: pci_dev): pci_device_id | null {
  need_pdev("pci_match_id", pdev);
  for (const id of ids) {
    const none = !id.vendor && !id.device && !id.subvendor && !id.class_mask;
    if (none) continue; /* C's terminator */
    const { class_mask = 0 } = id;
    const matches =
      fits(id.vendor, pdev.vendor) &&
      fits(id.device, pdev.device) &&
      fits(id.subvendor, pdev.subsystem_vendor) &&
      fits(id.subdevice, pdev.subsystem_device) &&
      (((id.class ?? 0) ^ pdev.class) & class_mask) === 0;
    if (matches) return id;
  }
  return null;
}

/**
 * Registers a driver: its probe is called for each device that it knows and nobody drives, in the order of slots. Process
 * context. @returns 0; a probe that fails does not change that. Linux drivers/pci/pci-driver.c: __pci_register_driver.
 */
export function pci_register_driver(drv: pci_driver): number {
  check_driver("pci_register_driver", drv);
  __might_sleep("pci_register_driver");
  point();
  if (drivers.includes(drv))
    emit_misuse("pci_register_driver", `pci_register_driver(): ${drv.name} is registered already`);
  else drivers.push(drv);
  emit({ type: "pci-driver", driver: drv.name, registered: true, result: 0 });
  for (const pdev of pci_devices()) if (pdev.driver === null) probe(drv, pdev);
  return 0;
}

/** The same by its old name. Linux include/linux/pci.h: pci_module_init. */
export function pci_module_init(drv: pci_driver): number {
  return pci_register_driver(drv);
}

function check_driver(fn: string, drv: pci_driver): void {
  check_arg(fn, "drv", drv, "object");
  check_arg(fn, "drv.name", drv.name, "string");
  check_arg(fn, "drv.id_table", drv.id_table, "object");
  check_arg(fn, "drv.probe", drv.probe, "function");
}

/** Linux drivers/pci/pci-driver.c: __pci_device_probe. */
function probe(drv: pci_driver, pdev: pci_dev): void {
  const id = pci_match_id(drv.id_table, pdev);
  if (id === null || pdev.removed || card_gone(pdev.card)) return;
  pdev.driver = drv;
  const returned: unknown = should_fail("probe")
    ? -EIO
    : driver_call("probe", pdev, drv.probe as () => number, pdev, id);
  const result = typeof returned === "number" ? returned : 0;
  emit({ type: "pci-bound", card: card_like(pdev.card), driver: drv.name, result });
  if (result >= 0) return;
  pdev.driver = null;
  if (result !== -ENODEV)
    printk(`${KERN_WARNING}%s: probe of %s failed with error %d\n`, drv.name, pci_name(pdev), result);
}

/** Calls remove for each of the driver's devices, and forgets the driver. Process context. Linux drivers/pci/pci-driver.c: pci_unregister_driver. */
export function pci_unregister_driver(drv: pci_driver): void {
  check_driver("pci_unregister_driver", drv);
  __might_sleep("pci_unregister_driver");
  point();
  const at = drivers.indexOf(drv);
  if (at < 0) {
    emit_misuse("pci_unregister_driver", `pci_unregister_driver(): ${drv.name} is not registered`);
    return;
  }
  drivers.splice(at, 1);
  for (const pdev of pci_devices()) if (pdev.driver === drv) unbind(pdev, drv);
  emit({ type: "pci-driver", driver: drv.name, registered: false, result: 0 });
}

/** Linux drivers/pci/pci-driver.c: pci_device_remove. */
function unbind(pdev: pci_dev, drv: pci_driver): void {
  if (drv.remove) driver_call("remove", pdev, drv.remove as () => unknown, pdev);
  pdev.driver = null;
  emit({ type: "pci-unbound", card: card_like(pdev.card), driver: drv.name, result: 0 });
}

/** The card has been pulled out: its driver has to let go of it. Process context. Linux drivers/pci/remove.c: pci_remove_bus_device. */
export function pci_remove_bus_device(pdev: pci_dev): void {
  pdev.removed = true;
  if (pdev.driver !== null) unbind(pdev, pdev.driver);
}

/** Puts each bound card to sleep. @returns 0, or what the first driver that refuses returned. Linux drivers/pci/pci-driver.c: pci_device_suspend. */
export function pci_suspend_all(state: number): number {
  for (const pdev of [...pci_devices()].reverse()) {
    const drv = pdev.driver;
    if (!drv?.suspend) continue;
    const returned: unknown = driver_call("suspend", pdev, drv.suspend as () => number, pdev, state);
    const result = typeof returned === "number" ? returned : 0;
    emit({ type: "pci-suspend", card: card_like(pdev.card), result });
    if (result !== 0) return result;
  }
  return 0;
}

/** Wakes each bound card. @returns 0, or the last error. Linux drivers/pci/pci-driver.c: pci_device_resume. */
export function pci_resume_all(): number {
  let error = 0;
  for (const pdev of pci_devices()) {
    const drv = pdev.driver;
    if (!drv?.resume) continue;
    const returned: unknown = driver_call("resume", pdev, drv.resume as () => number, pdev);
    const result = typeof returned === "number" ? returned : 0;
    emit({ type: "pci-resume", card: card_like(pdev.card), result });
    if (result !== 0) error = result;
  }
  return error;
}
