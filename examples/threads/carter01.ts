// @lab workload=threads nic=none
// @expect hang ?lock-order
// Two classes of users, each of which shuts the other out with its first member and lets it in with its last.
import { down, sema_init, semaphore, up } from "asm/semaphore";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

const mutex = new semaphore();
const room = new semaphore();
const users = { a: 0, b: 0 };

function a_user(): number {
  down(mutex);
  users.a++;
  if (users.a === 1) down(room);
  up(mutex);
  down(mutex);
  users.a--;
  if (users.a === 0) up(room);
  up(mutex);
  return 0;
}

function b_user(): number {
  down(mutex);
  users.b++;
  if (users.b === 1) down(room);
  up(mutex);
  down(mutex);
  users.b--;
  if (users.b === 0) up(room);
  up(mutex);
  return 0;
}

function carter_init(): number {
  sema_init(mutex, 1);
  sema_init(room, 1);
  kthread_run(a_user, null, "a");
  kthread_run(b_user, null, "b");
  return 0;
}

module_init(carter_init);
module_exit(() => {});
