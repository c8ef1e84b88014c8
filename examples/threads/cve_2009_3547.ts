// @lab workload=threads nic=none
// @expect oops
// A pipe is opened once more through /proc while its last user lets go of it (CVE-2009-3547).
import { down, sema_init, semaphore, up } from "asm/semaphore";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";

interface Pipe {
  readers: number;
  writers: number;
}

const inode: { i_pipe: Pipe | null } = { i_pipe: { readers: 1, writers: 1 } };
const i_mutex = new semaphore();

function rdwr_open(): number {
  if (inode.i_pipe === null) return -2;
  down(i_mutex);
  inode.i_pipe!.readers++;
  inode.i_pipe!.writers++;
  up(i_mutex);
  return 0;
}

function rdwr_release(): number {
  down(i_mutex);
  const pipe = inode.i_pipe!;
  pipe.readers--;
  pipe.writers--;
  if (pipe.readers === 0 && pipe.writers === 0) inode.i_pipe = null;
  up(i_mutex);
  return 0;
}

function pipe_init(): number {
  sema_init(i_mutex, 1);
  kthread_run(rdwr_open, null, "open");
  kthread_run(rdwr_release, null, "release");
  return 0;
}

module_init(pipe_init);
module_exit(() => {});
