// @lab workload=threads nic=none
// @expect oops
// A key is found valid, and revoked before it is read: the validity was asked for outside of the key's semaphore (CVE-2015-7550).
import { down, sema_init, semaphore, up } from "asm/semaphore";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

const key: { revoked: boolean; payload: { length: number } | null } = {
  revoked: false,
  payload: { length: 16 },
};
const sem = new semaphore();
const last = { length: 0 };

function read_key(): number {
  if (key.revoked) return -128;
  down(sem);
  last.length = key.payload!.length;
  up(sem);
  return 0;
}

function revoke(): number {
  down(sem);
  key.revoked = true;
  key.payload = null;
  up(sem);
  return 0;
}

function keys_init(): number {
  sema_init(sem, 1);
  kthread_run(read_key, null, "read");
  kthread_run(revoke, null, "revoke");
  return 0;
}

module_init(keys_init);
module_exit(() => {});
