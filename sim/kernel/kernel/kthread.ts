/** Kernel threads (kernel/kthread.c). */
import { type CpuId, cpu_id, driver_call, emit, migrate, nr_cpus, point, task_create } from "machine";
import { ERR_PTR, type err_ptr } from "../lib/err.ts";
import { EINTR, ENOMEM } from "../lib/errno.ts";
import { vsprintf } from "../lib/vsprintf.ts";
import { complete, completion, init_completion, wait_for_completion } from "./completion.ts";
import { should_fail } from "./fault.ts";
import { check_arg } from "./misuse.ts";
import {
  __might_sleep,
  EXIT_DEAD,
  get$current,
  TASK_INTERRUPTIBLE,
  task_struct,
  wake_up_process,
} from "./sched.ts";

export type thread_fn = (data: never) => number;

/** What a kernel thread knows of itself. */
class kthread_info {
  exited = new completion();
  ended = false;
  /** kthread_stop waits for its end. */
  awaited = false;
  internal = false;
  /** Where kthread_bind wants it. */
  cpu: CpuId | null = null;
}

const infos = new WeakMap<task_struct, kthread_info>();
let next_cpu = 0;
/** Threads of drivers, in order of creation. */
const driver_threads: task_struct[] = [];

/** What a thread is created to do. */
class kthread_create_info {
  constructor(
    readonly task: task_struct,
    readonly threadfn: thread_fn,
    readonly data: unknown,
  ) {}
}

function thread_body({ task: p, threadfn: fn, data }: kthread_create_info): void {
  const info = infos.get(p) as kthread_info;
  if (info.cpu !== null && info.cpu !== cpu_id()) migrate(info.cpu);
  p.exit_code = p.should_stop ? -EINTR : run(p, info, fn, data);
  p.state = EXIT_DEAD;
  info.ended = true;
  if (info.awaited) complete(info.exited);
}

function run(p: task_struct, info: kthread_info, fn: thread_fn, data: unknown): number {
  const ret = info.internal ? fn(data as never) : driver_call("kthread", p, fn, data);
  return typeof ret === "number" ? ret : 0;
}

function create(
  cpu: CpuId,
  nice: number,
  name: string,
  fn: thread_fn,
  data: unknown,
  internal: boolean,
): task_struct {
  const p = new task_struct();
  p.comm = name;
  p.state = TASK_INTERRUPTIBLE;
  const info = new kthread_info();
  info.internal = internal;
  init_completion(info.exited);
  info.exited.internal = true;
  infos.set(p, info);
  const asleep = "has been created and not yet woken";
  const job = new kthread_create_info(p, fn, data);
  const task = task_create(name, thread_body, job, { cpu, nice, data: p, asleep });
  p.pid = task.id;
  p.thread = task;
  if (!internal) driver_threads.push(p);
  return p;
}

/** The kernel threads that drivers have created so far, in that order; the list goes on growing. */
export function driver_kthreads(): readonly task_struct[] {
  return driver_threads;
}

/** A thread of the kernel's own on a CPU; it starts when it is woken for the first time. */
export function kernel_thread_on(
  cpu: CpuId,
  name: string,
  fn: thread_fn,
  data: unknown,
  nice = 0,
): task_struct {
  return create(cpu, nice, name, fn, data, true);
}

/**
 * Creates a kernel thread that waits for its first wake_up_process. Process context.
 * @param fn runs as `fn(data)`; its result is what kthread_stop returns
 * @param namefmt printf format of its name
 * @returns the task, or an ERR_PTR: test with IS_ERR
 * Linux kernel/kthread.c: kthread_create.
 */
export function kthread_create(
  fn: thread_fn,
  data: unknown,
  namefmt: string,
  ...args: unknown[]
): task_struct | err_ptr {
  check_arg("kthread_create", "fn", fn, "function");
  check_arg("kthread_create", "namefmt", namefmt, "string");
  __might_sleep("kthread_create");
  point();
  if (should_fail("kthread")) return ERR_PTR(-ENOMEM);
  next_cpu = (next_cpu + 1) % nr_cpus();
  return create(next_cpu, 0, vsprintf(namefmt, args), fn, data, false);
}

/**
 * Creates a kernel thread and lets it run. Process context. @returns the task, or an ERR_PTR: test with IS_ERR.
 * Linux include/linux/kthread.h: kthread_run.
 */
export function kthread_run(
  fn: thread_fn,
  data: unknown,
  namefmt: string,
  ...args: unknown[]
): task_struct | err_ptr {
  check_arg("kthread_run", "fn", fn, "function");
  const p = kthread_create(fn, data, namefmt, ...args);
  if (p instanceof task_struct) wake_up_process(p);
  return p;
}

/** Binds a thread that has not run yet to a CPU. Linux kernel/kthread.c: kthread_bind. */
export function kthread_bind(p: task_struct, cpu: number): void {
  check_arg("kthread_bind", "p", p, task_struct);
  const info = infos.get(p);
  if (info !== undefined) info.cpu = cpu;
}

/**
 * Asks a thread to end (kthread_should_stop becomes true, it is woken) and waits until it has. Process context, not from the
 * thread itself. @returns what its function returned, or -EINTR if it never ran. Linux kernel/kthread.c: kthread_stop.
 */
export function kthread_stop(p: task_struct): number {
  check_arg("kthread_stop", "p", p, task_struct);
  __might_sleep("kthread_stop");
  if (p.thread !== null) emit({ type: "wait-for", fn: "kthread_stop", what: "thread", id: p.thread.id });
  const info = infos.get(p);
  if (info === undefined) check_arg("kthread_stop", "p (a kernel thread)", null, "object");
  const { exited, ended } = info as kthread_info;
  (info as kthread_info).awaited = true;
  p.should_stop = true;
  if (!ended) {
    wake_up_process(p);
    wait_for_completion(exited);
  }
  return p.exit_code;
}

/** True (1) in a thread that kthread_stop waits for. Linux kernel/kthread.c: kthread_should_stop. */
export function kthread_should_stop(): 0 | 1 {
  point();
  return get$current().should_stop ? 1 : 0;
}

/**
 * Starts a kernel thread the old way; it cannot be stopped by kthread_stop. Any task. @returns its pid.
 * Linux arch/i386/kernel/process.c: kernel_thread.
 */
export function kernel_thread(fn: thread_fn, arg: unknown, _flags: number): number {
  check_arg("kernel_thread", "fn", fn, "function");
  point();
  const p = create(cpu_id(), 0, get$current().comm, fn, arg, false);
  wake_up_process(p);
  return p.pid;
}

/** Gives an old-style kernel thread its name. Linux kernel/exit.c: daemonize. */
export function daemonize(name: string, ...args: unknown[]): void {
  check_arg("daemonize", "name", name, "string");
  get$current().comm = vsprintf(name, args);
}

/** True if a thread has ended. */
export function kthread_ended(p: task_struct): boolean {
  return infos.get(p)?.ended === true;
}
