/** Freezing user space before a system sleep: a process stands still where it returns to user space or enters the kernel. */
import { block, current_task, prepare_block, type Task, wake } from "machine";

let freezing = false;
const frozen: Task[] = [];

/** Where a process may be frozen: at the start of each call of the workload's module, and when a sleep is over. */
export function try_to_freeze(): void {
  while (freezing && freezer !== current_task()) {
    const task = current_task();
    frozen.push(task);
    prepare_block();
    block("is frozen: the system sleeps");
    frozen.splice(frozen.indexOf(task), 1);
  }
}

let freezer: Task | null = null;

/** From here on others freeze. */
export function begin_freezing(): void {
  freezing = true;
  freezer = current_task();
}

/** True if the process does nothing, and will do nothing while others are frozen. */
export function is_quiet(task: Task): boolean {
  if (task.state === "ended" || task === freezer || frozen.includes(task)) return true;
  return (
    task.state === "blocked" &&
    (task.waitsFor === "sleeps" || task.waitsFor?.startsWith("waits for process") === true)
  );
}

/** Everybody goes on. */
export function thaw(): void {
  freezing = false;
  freezer = null;
  for (const task of [...frozen]) wake(task);
}
