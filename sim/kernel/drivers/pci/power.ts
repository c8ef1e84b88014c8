/** Power states and the state that they lose (drivers/pci/pci.c). */
import { card_gone, card_like, config_read, config_write } from "hardware";
import { emit, point } from "machine";
import { should_fail } from "../../kernel/fault.ts";
import { check_arg } from "../../kernel/misuse.ts";
import { __might_sleep } from "../../kernel/sched.ts";
import { msleep } from "../../kernel/schedule-timeout.ts";
import { EINVAL, EIO } from "../../lib/errno.ts";
import { pci_find_capability } from "./access.ts";
import { need_pdev, type pci_dev } from "./pci_dev.ts";
import * as regs from "./pci_regs.ts";

/** What a system sleep asks of a driver (include/linux/pm.h). */
export type pm_message_t = number;
export const PMSG_ON = 0;
export const PMSG_FREEZE = 1;
export const PMSG_SUSPEND = 3;

/** The power state for a system sleep. Linux drivers/pci/pci.c: pci_choose_state. */
export function pci_choose_state(pdev: pci_dev, state: pm_message_t): number {
  need_pdev("pci_choose_state", pdev);
  if (pci_find_capability(pdev, regs.PCI_CAP_ID_PM) === 0) return regs.PCI_D0;
  return state === PMSG_ON || state === PMSG_FREEZE ? regs.PCI_D0 : regs.PCI_D3hot;
}

/**
 * Changes the power state of a device. In D3 it loses its registers and answers nothing. Process context; sleeps 10 ms when it
 * leaves D3. @returns 0, -EINVAL, -EIO. Linux drivers/pci/pci.c: pci_set_power_state.
 */
export function pci_set_power_state(pdev: pci_dev, state: number): number {
  need_pdev("pci_set_power_state", pdev);
  check_arg("pci_set_power_state", "state", state, "number");
  __might_sleep("pci_set_power_state");
  point();
  const from = pdev.current_state;
  const to = Math.min(state, regs.PCI_D3hot);
  if (to < 0 || (from > to && to !== regs.PCI_D0)) return tell(pdev, from, to, -EINVAL);
  if (from === to) return 0;
  if (should_fail("pci-power") || card_gone(pdev.card)) return tell(pdev, from, to, -EIO);
  const pm = pci_find_capability(pdev, regs.PCI_CAP_ID_PM);
  if (pm === 0) return tell(pdev, from, to, -EIO);
  const control = config_read(pdev.card, pm + regs.PCI_PM_CTRL, 2);
  config_write(pdev.card, pm + regs.PCI_PM_CTRL, 2, (control & ~regs.PCI_PM_CTRL_STATE_MASK) | to);
  if (from === regs.PCI_D3hot || to === regs.PCI_D3hot) msleep(10);
  pdev.current_state = to;
  return tell(pdev, from, to, 0);
}

function tell(pdev: pci_dev, from: number, to: number, result: number): number {
  emit({ type: "pci-power", card: card_like(pdev.card), from, to, result });
  return result;
}

/** Lets the device wake the system, or not. @returns 0, -EIO, -EINVAL. Linux drivers/pci/pci.c: pci_enable_wake. */
export function pci_enable_wake(pdev: pci_dev, state: number, enable: number | boolean): number {
  need_pdev("pci_enable_wake", pdev);
  point();
  const pm = pci_find_capability(pdev, regs.PCI_CAP_ID_PM);
  if (pm === 0) return enable ? -EIO : 0;
  const able = config_read(pdev.card, pm + regs.PCI_PM_PMC, 2) >>> 11;
  if (able === 0 || (able & (1 << state)) === 0) return enable ? -EINVAL : 0;
  const control = config_read(pdev.card, pm + regs.PCI_PM_CTRL, 2);
  const bit = regs.PCI_PM_CTRL_PME_ENABLE;
  config_write(pdev.card, pm + regs.PCI_PM_CTRL, 2, enable ? control | bit : control & ~bit);
  return 0;
}

/** Remembers the configuration. @returns 0 Linux drivers/pci/pci.c: pci_save_state. */
export function pci_save_state(pdev: pci_dev): number {
  need_pdev("pci_save_state", pdev);
  point();
  pdev.saved_config_space = [];
  for (let i = 0; i < 16; i++) pdev.saved_config_space.push(config_read(pdev.card, i * 4, 4));
  const msi = pci_find_capability(pdev, regs.PCI_CAP_ID_MSI);
  pdev.saved_msi = msi === 0 ? [] : [0, 4, 8].map((at) => config_read(pdev.card, msi + at, 4));
  emit({ type: "pci-state-saved", card: card_like(pdev.card) });
  return 0;
}

/** Restores what pci_save_state remembered: BARs, bus mastering, messages. @returns 0 Linux drivers/pci/pci.c: pci_restore_state. */
export function pci_restore_state(pdev: pci_dev): number {
  need_pdev("pci_restore_state", pdev);
  point();
  for (let i = 15; i >= 0; i--) {
    const value = pdev.saved_config_space[i];
    if (value !== undefined) config_write(pdev.card, i * 4, 4, value);
  }
  const msi = pci_find_capability(pdev, regs.PCI_CAP_ID_MSI);
  if (pdev.saved_msi.length > 0 && msi !== 0)
    for (const at of [8, 4, 0]) config_write(pdev.card, msi + at, 4, pdev.saved_msi[at / 4] ?? 0);
  emit({ type: "pci-state-restored", card: card_like(pdev.card) });
  return 0;
}
