/** For modules of kernel threads: loads the module, waits until all its threads have ended, and unloads it. */
import { insmod, rmmod, waitForKernelThreads } from "lab/workload";

export default function threads(): void {
  if (insmod() !== 0) return;
  waitForKernelThreads();
  rmmod();
}
