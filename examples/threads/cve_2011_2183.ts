// @lab workload=threads nic=none
// @expect oops
// A scan finds its list not empty, and goes to the next slot after the only one has been taken out (CVE-2011-2183).
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

interface Slot {
  next: Slot;
  mm: { users: number } | null;
}

const mmlist_lock = DEFINE_SPINLOCK();
const head = { mm: null } as unknown as Slot;
const slot: Slot = { next: head, mm: { users: 1 } };
head.next = slot;

function scan(): number {
  if (head.next === head) return 0;
  spin_lock(mmlist_lock);
  const next = head.next;
  spin_unlock(mmlist_lock);
  next.mm!.users++;
  return 0;
}

function ksm_exit(): number {
  spin_lock(mmlist_lock);
  head.next = slot.next;
  spin_unlock(mmlist_lock);
  return 0;
}

function ksm_init(): number {
  kthread_run(scan, null, "scan");
  kthread_run(ksm_exit, null, "exit");
  return 0;
}

module_init(ksm_init);
module_exit(() => {});
