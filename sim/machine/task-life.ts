/** What tasks do from their creation to their end: the root generators that the main loop drives. */
import type { Resumable } from "../instrument/monitor.ts";
import type { Crashes } from "./crashes.ts";
import { Halt } from "./endings.ts";
import type { Interrupts } from "./interrupts.ts";
import type { Journal } from "./journal.ts";
import type { Cpu, CpuId, Registers, Task } from "./model.ts";
import type { Switching } from "./switching.ts";
import type { TaskTable } from "./task-table.ts";
import type { Waiting } from "./waiting.ts";

export interface TaskOptions {
  readonly cpu: CpuId;
  readonly nice?: number;
  readonly data?: unknown;
  /** Why it does not run before its first `wake`; if not given it is runnable at once. */
  readonly asleep?: string;
}

export class TaskLife {
  readonly #registers: Registers;
  readonly #table: TaskTable;
  readonly #journal: Journal;
  readonly #crashes: Crashes;
  readonly #interrupts: Interrupts;
  readonly #switching: Switching;
  readonly #waiting: Waiting;
  /** What an idle CPU executes when it has run out of work. */
  #idleHook: unknown = null;

  constructor(
    registers: Registers,
    table: TaskTable,
    journal: Journal,
    crashes: Crashes,
    interrupts: Interrupts,
    switching: Switching,
    waiting: Waiting,
  ) {
    this.#registers = registers;
    this.#table = table;
    this.#journal = journal;
    this.#crashes = crashes;
    this.#interrupts = interrupts;
    this.#switching = switching;
    this.#waiting = waiting;
    for (const cpu of table.cpus) cpu.idleTask.root = this.#idle(cpu);
  }

  setIdleHook(hook: unknown): void {
    this.#idleHook = hook;
  }

  get idleHook(): unknown {
    return this.#idleHook;
  }

  /** A task of an earlier run that had not begun begins anew. */
  rebegin(task: Task): void {
    task.root = this.#body(task, task.fn, task.arg);
  }

  create(name: string, fn: unknown, arg: unknown, options: TaskOptions): Task {
    const cpu = this.#table.cpu(options.cpu);
    const task = this.#table.addTask(name, options.cpu);
    task.nice = options.nice ?? 0;
    task.data = options.data ?? null;
    task.fn = fn;
    task.arg = arg;
    task.root = this.#body(task, fn, arg);
    if (options.asleep !== undefined) {
      task.state = "blocked";
      task.waitsFor = options.asleep;
    }
    cpu.tasks.push(task);
    this.#journal.emit({ type: "task-created", created: task });
    return task;
  }

  *#body(task: Task, fn: unknown, arg: unknown): Resumable<void> {
    this.#registers.top = null;
    task.waitsFor = null;
    yield* this.#interrupts.deliver();
    yield* this.#crashes.untilDeath(fn, [arg]);
    this.#end(task);
    yield* this.#switching.reschedule();
    throw new Error("an ended task was resumed");
  }

  #end(task: Task): void {
    const { cpu } = this.#registers;
    task.state = "ended";
    cpu.tasks.splice(cpu.tasks.indexOf(task), 1);
    cpu.idleHookDue = true;
    this.#journal.emit({ type: "task-ended", ended: task });
    for (const other of this.#table.tasks) if (other.waitsOn === task) this.#waiting.wake(other);
    if (task === this.#table.main) throw new Halt("finished");
  }

  *#idle(cpu: Cpu): Resumable<void> {
    yield* this.#interrupts.deliver();
    for (;;) {
      if (this.#idleHook !== null) {
        cpu.idleTask.state = "runnable";
        yield* this.#crashes.untilDeath(this.#idleHook, []);
        cpu.idleTask.state = "blocked";
      }
      yield* this.#switching.reschedule();
    }
  }
}
