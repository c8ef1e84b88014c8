// @lab workload=threads nic=none
// @expect none
// A counter under a semaphore used as a mutex. Complete search finds nothing. `param=threads=N`.
import { down, sema_init, semaphore, up } from "asm/semaphore";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init, module_param } from "linux/module";

const threads = { v: 2 };
module_param("threads", threads);

const mutex = new semaphore();
const counter = { n: 0 };

function counting(): number {
  down(mutex);
  counter.n++;
  up(mutex);
  return 0;
}

function mutex_init(): number {
  sema_init(mutex, 1);
  for (let i = 0; i < threads.v; i++) kthread_run(counting, null, "counting/%d", i);
  return 0;
}

module_init(mutex_init);
module_exit(() => {});
