// @lab workload=threads nic=none
// @expect oops
// Whoever finds a shared object takes a reference; the last user may have given it back between the two (CVE-2016-1973).
import { atomic_dec_and_test, atomic_inc, atomic_read, atomic_t } from "asm/atomic";
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

const instance = { refs: new atomic_t(1), there: true, dead: false };
const work = { first: 0, second: 0 };

function get(): number {
  for (let i = 0; i < 3; i++) work.first += i;
  if (!instance.there) return 0;
  atomic_inc(instance.refs);
  BUG_ON(instance.dead);
  if (atomic_dec_and_test(instance.refs)) instance.there = false;
  return atomic_read(instance.refs);
}

function put(): number {
  for (let i = 0; i < 6; i++) work.second += i;
  if (!atomic_dec_and_test(instance.refs)) return 0;
  instance.dead = true;
  instance.there = false;
  return 0;
}

function shared_init(): number {
  kthread_run(get, null, "get");
  kthread_run(put, null, "put");
  return 0;
}

module_init(shared_init);
module_exit(() => {});
