/** A task waits: busily, or off its CPU until somebody wakes it. */
import type { Resumable } from "../instrument/monitor.ts";
import type { Clock } from "./clock.ts";
import type { Crashes } from "./crashes.ts";
import type { Identified, LabEvent } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { CpuId, Task } from "./model.ts";
import type { Running } from "./stack.ts";
import type { Switching } from "./switching.ts";
import type { TaskTable } from "./task-table.ts";

export class Waiting {
  readonly #running: Running;
  readonly #clock: Clock;
  readonly #table: TaskTable;
  readonly #journal: Journal;
  readonly #crashes: Crashes;
  readonly #switching: Switching;
  /** Told what a busy wait has waited for. */
  readonly #waited: (on: object) => void;

  constructor(
    running: Running,
    clock: Clock,
    table: TaskTable,
    journal: Journal,
    crashes: Crashes,
    switching: Switching,
    waited: (on: object) => void,
  ) {
    this.#running = running;
    this.#clock = clock;
    this.#table = table;
    this.#journal = journal;
    this.#crashes = crashes;
    this.#switching = switching;
    this.#waited = waited;
  }

  *spinUntil(on: Identified | null, why: string, ready: () => boolean): Resumable<void> {
    if (ready()) {
      if (on !== null) this.#waited(on);
      return;
    }
    this.#mayWait(why);
    const task = this.#running.cpu.current;
    this.#waits(task, why, on);
    while (!ready()) {
      task.state = "spinning";
      task.ready = ready;
      yield* this.#switching.reschedule();
    }
    task.state = "runnable";
    task.ready = null;
    waitsNoMore(task);
    if (on !== null) this.#waited(on);
  }

  *delay(ns: number): Resumable<void> {
    const clock = this.#clock;
    if (clock.nested) {
      clock.spend(ns);
      return;
    }
    const until = clock.nowNs + ns;
    const alarm = clock.at(until, () => {});
    yield* this.spinUntil(null, `delays ${ns / 1000} µs`, () => clock.nowNs >= until);
    alarm.cancelled = true;
  }

  *block(why: string, on: Identified | null): Resumable<void> {
    this.#mayWait(why);
    const { cpu } = this.#running;
    const task = cpu.current;
    task.blockPrepared = false;
    if (task.wokenEarly) {
      task.wokenEarly = false;
      yield* this.#switching.hostPoint();
      return;
    }
    task.state = "blocked";
    this.#waits(task, why, on);
    cpu.idleHookDue = true;
    this.#journal.emit({ type: "task-blocked", why, on: on ?? undefined } as LabEvent);
    while (task.state === "blocked") yield* this.#switching.reschedule();
    waitsNoMore(task);
  }

  *sleep(ns: number): Resumable<void> {
    const task = this.#running.cpu.current;
    this.#clock.at(this.#clock.nowNs + ns, () => this.wake(task));
    yield* this.block("sleeps", null);
  }

  /** From here on a wake that comes before the task blocks is not lost. */
  prepareBlock(): void {
    const task = this.#running.cpu.current;
    task.blockPrepared = true;
    task.wokenEarly = false;
  }

  cancelBlock(): void {
    const task = this.#running.cpu.current;
    task.blockPrepared = false;
    task.wokenEarly = false;
  }

  wake(task: Task): boolean {
    if (task.state === "blocked" && !task.idle) {
      task.state = "runnable";
      this.#journal.emit({ type: "task-woken", woken: task });
      return true;
    }
    if (task.blockPrepared && !task.wokenEarly) {
      task.wokenEarly = true;
      return true;
    }
    return false;
  }

  *yieldCpu(): Resumable<void> {
    this.#mayWait("yield");
    yield* this.#switching.yieldCpu();
  }

  *migrate(to: CpuId): Resumable<void> {
    const target = this.#table.cpus[to];
    if (target === undefined) return this.#crashes.oops(`there is no CPU ${to}`);
    if (target === this.#running.cpu) return;
    this.#mayWait("migrate");
    yield* this.#switching.migrate(target);
  }

  #waits(task: Task, why: string, on: Identified | null): void {
    task.waitsFor = why;
    task.waitsOn = on;
    task.waitsSinceNs = this.#clock.nowNs;
  }

  #mayWait(why: string): void {
    if (!this.#clock.nested) return;
    this.#crashes.oops(
      `cannot wait (${why}) inside a callback of native code such as a sort comparator, a getter or toString`,
    );
  }
}

function waitsNoMore(task: Task): void {
  task.waitsFor = null;
  task.waitsOn = null;
}
