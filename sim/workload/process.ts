/** Processes of simulated user space. */
import { block, cpu_id, migrate, nr_cpus, prepare_block, sleep_ns, type Task, task_create } from "machine";
import { driver_kthreads } from "../kernel/kernel/kthread.ts";
import { is_quiet, try_to_freeze } from "./freezer.ts";
import { step } from "./step.ts";

/** A process that `spawn` made. */
export interface Process {
  readonly name: string;
  readonly task: Task;
}

let spawned: Process[] = [];

/**
 * Starts a process. The run does not end before it has.
 * @param fn its body: an ordinary function, which may block
 * @param options `cpu`: where it runs (default: this CPU). It stays there unless it moves itself.
 */
export function spawn(name: string, fn: () => unknown, options: { cpu?: number } = {}): Process {
  const cpu = (options.cpu ?? cpu_id()) % nr_cpus();
  step(`spawn ${name} on CPU ${cpu}`);
  const process: Process = { name, task: task_create(name, fn as () => void, null, { cpu }) };
  spawned.push(process);
  return process;
}

/** Waits until a process has ended, by its own will or by an oops. */
export function wait(process: Process): void {
  while (process.task.state !== "ended") {
    prepare_block();
    block(`waits for process ${process.name}`, process.task);
  }
}

/** Every process but this one stands still. */
export function others_are_quiet(): boolean {
  return spawned.every((process) => is_quiet(process.task));
}

/** Waits until every process that was spawned so far, and those they spawned, have ended. */
export function wait_for_all(): void {
  for (let i = 0; i < spawned.length; i++) wait(spawned[i]!);
  spawned = [];
}

/** Waits until every kernel thread that the model has created, and those they create, have ended. */
export function waitForKernelThreads(): void {
  const threads = driver_kthreads();
  for (let i = 0; i < threads.length; i++) {
    const { thread, comm } = threads[i]!;
    if (thread !== null) wait({ name: comm, task: thread });
  }
}

/** Sleeps for exact virtual time. */
export function sleepNs(ns: number): void {
  if (ns > 0) sleep_ns(ns);
  try_to_freeze();
}

/** Moves this process to another CPU. */
export function onCpu(cpu: number): void {
  migrate(cpu % nr_cpus());
}

/** How many CPUs the machine has. */
export function cpus(): number {
  return nr_cpus();
}
