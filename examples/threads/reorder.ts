// @lab workload=threads nic=none
// @expect oops
// Setters write two fields one after the other; a checker that comes between the two sees half of it. `param=setters=N`.
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init, module_param } from "linux/module";

const setters = { v: 2 };
const pair = { a: 0, b: 0 };
module_param("setters", setters);

function setter(): number {
  pair.a = 1;
  pair.b = -1;
  return 0;
}

function checker(): number {
  const a = pair.a;
  const b = pair.b;
  BUG_ON(!(a === 0 && b === 0) && !(a === 1 && b === -1));
  return 0;
}

function reorder_init(): number {
  for (let i = 0; i < setters.v; i++) kthread_run(setter, null, "setter/%d", i);
  kthread_run(checker, null, "checker");
  return 0;
}

module_init(reorder_init);
module_exit(() => {});
