/** Sleep of the whole system. */
import { card_count } from "hardware";
import { sleep_ns } from "machine";
import { pci_resume_all, pci_suspend_all } from "../kernel/drivers/pci/pci-driver.ts";
import { PMSG_SUSPEND } from "../kernel/drivers/pci/power.ts";
import { EBUSY } from "../kernel/include/linux/errno.ts";
import { begin_freezing, thaw } from "./freezer.ts";
import { others_are_quiet } from "./process.ts";
import { step } from "./step.ts";

/** How long processes get to come to a halt, looked at every so often. */
const FREEZE_TRIES = 2000;
const FREEZE_STEP_NS = 10_000_000;

let suspended = false;

function freeze_processes(): boolean {
  begin_freezing();
  for (let i = 0; i < FREEZE_TRIES; i++) {
    if (others_are_quiet()) return true;
    sleep_ns(FREEZE_STEP_NS);
  }
  thaw();
  return false;
}

/**
 * Suspends every card to memory, with other processes frozen; they stay so until `resume`. Without a card there is nothing to do.
 * @returns 0, or what a driver's `suspend` returned: then all are awake again
 */
export function suspend(): number {
  if (card_count() === 0) {
    step("suspend: no card is fitted");
    return 0;
  }
  step("suspend");
  if (suspended) return 0;
  if (!freeze_processes()) return -EBUSY;
  const result = pci_suspend_all(PMSG_SUSPEND);
  suspended = true;
  if (result !== 0) resume();
  return result;
}

/** Wakes every card again, and thaws the processes. @returns 0, or the last error of a driver's `resume` */
export function resume(): number {
  step(card_count() === 0 ? "resume: no card is fitted" : "resume");
  if (!suspended) return 0;
  const result = pci_resume_all();
  suspended = false;
  thaw();
  return result;
}
