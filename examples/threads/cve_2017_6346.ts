// @lab workload=threads nic=none
// @expect oops
// Two threads join one socket to a fanout group: both find that it is in none (CVE-2017-6346).
import { atomic_inc, atomic_read, atomic_t } from "asm/atomic";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";

const fanout_lock = DEFINE_SPINLOCK();
const group = { members: new atomic_t(0), prot: 0 };
const sock: { fanout: typeof group | null } = { fanout: null };

function fanout_add(): number {
  if (sock.fanout !== null) return -114;
  const match = group;
  match.prot = 3;
  spin_lock(fanout_lock);
  sock.fanout = match;
  atomic_inc(match.members);
  BUG_ON(atomic_read(match.members) > 1);
  spin_unlock(fanout_lock);
  return 0;
}

function fanout_init(): number {
  kthread_run(fanout_add, null, "add/%d", 0);
  kthread_run(fanout_add, null, "add/%d", 1);
  return 0;
}

module_init(fanout_init);
module_exit(() => {});
