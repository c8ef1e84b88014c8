/**
 * Who executes. Every task is a chain of generators; the chain that runs decides at a scheduling point what happens
 * next, and yields to the main loop if that is on another CPU or in another task.
 */
import type { Resumable } from "../instrument/monitor.ts";
import type { Clock } from "./clock.ts";
import type { Interrupts } from "./interrupts.ts";
import type { Journal } from "./journal.ts";
import type { Cpu, Registers, Task } from "./model.ts";
import type { Transition } from "./schedule.ts";
import type { Scheduler } from "./scheduler.ts";
import type { TaskTable } from "./task-table.ts";
import { canRun, isOff, possibleTransitions, toTask } from "./transitions.ts";
import type { Watchdog } from "./watchdog.ts";

export class Switching {
  readonly #registers: Registers;
  readonly #clock: Clock;
  readonly #table: TaskTable;
  readonly #journal: Journal;
  readonly #scheduler: Scheduler;
  readonly #interrupts: Interrupts;
  readonly #watchdog: Watchdog;
  /** What the main loop does now that the running chain has yielded. */
  #next: Transition | null = null;

  constructor(
    registers: Registers,
    clock: Clock,
    table: TaskTable,
    journal: Journal,
    scheduler: Scheduler,
    interrupts: Interrupts,
    watchdog: Watchdog,
  ) {
    this.#registers = registers;
    this.#clock = clock;
    this.#table = table;
    this.#journal = journal;
    this.#scheduler = scheduler;
    this.#interrupts = interrupts;
    this.#watchdog = watchdog;
  }

  // ---- for the main loop -------------------------------------------------------------------------------------

  /** Makes the CPU execute that the chain which yielded has chosen. */
  apply(): void {
    const t = this.#next;
    if (t === null) return;
    this.#next = null;
    const cpu = this.#table.cpus[t.cpu]!;
    this.#registers.cpu = cpu;
    if (t.kind === "task") this.#switchTask(cpu, this.#table.tasks[t.id]!);
    if (t.kind === "vector") {
      if (isOff(cpu.current)) this.#switchTask(cpu, cpu.idleTask);
      this.#interrupts.hand(cpu, t.id);
    }
  }

  #switchTask(cpu: Cpu, next: Task): void {
    const previous = cpu.current;
    if (previous === next) return;
    previous.irqsDisabled = cpu.irqsDisabled;
    cpu.irqsDisabled = next.irqsDisabled;
    cpu.current = next;
    if (next.idle) cpu.idleHookDue = false;
    this.#journal.emit({ type: "task-switched", from: previous, to: next });
  }

  // ---- for the running chain: each returns when it runs again ------------------------------------------------

  /** A scheduling point for which nothing was left. */
  *point(): Resumable<void> {
    const clock = this.#clock;
    if (!clock.nested) {
      clock.runDueAlarms();
      if (clock.decisionDue) {
        const chosen = this.#scheduler.pick(possibleTransitions(this.#table.cpus), true);
        this.#scheduler.drawRunLength();
        if (chosen !== null) yield* this.#take(chosen);
      }
    }
    clock.grantPoints();
  }

  /** A scheduling point of the machine's own operations. */
  *hostPoint(): Resumable<void> {
    if (--this.#registers.pointsLeft < 0) yield* this.point();
  }

  /** What is pending may be taken at once. */
  *enableIrqs(): Resumable<void> {
    if (this.#interrupts.enable()) yield* this.hostPoint();
  }

  /** The current task cannot go on: something else happens. */
  *reschedule(): Resumable<void> {
    const t = this.#pickNext();
    this.#scheduler.drawRunLength();
    yield* this.#take(t);
  }

  /** Another task of this CPU goes on, if one can. */
  *yieldCpu(): Resumable<void> {
    const { cpu } = this.#registers;
    const others = cpu.tasks.filter((task) => task !== cpu.current && canRun(task));
    if (others.length === 0) {
      yield* this.hostPoint();
      return;
    }
    this.#clock.countPoint();
    const transitions = others.map((task) => toTask(cpu, task));
    const t = this.#scheduler.pick(transitions, false)!;
    this.#clock.grantPoints();
    yield* this.#take(t);
  }

  /** Moves the current task to another CPU, where it waits to be picked; the old CPU goes on from its idle task. */
  *migrate(target: Cpu): Resumable<void> {
    const { cpu } = this.#registers;
    const task = cpu.current;
    cpu.tasks.splice(cpu.tasks.indexOf(task), 1);
    target.tasks.push(task);
    task.cpu = target.id;
    task.top = this.#registers.top;
    task.irqsDisabled = false;
    task.context = { ...task.context, cpu: target.id };
    cpu.current = cpu.idleTask;
    cpu.irqsDisabled = cpu.idleTask.irqsDisabled;
    cpu.idleHookDue = true;
    const t = this.#pickNext();
    this.#clock.grantPoints();
    yield* this.#leave(task, t);
  }

  /** What happens where the current CPU cannot go on; time passes until something can. */
  #pickNext(): Transition {
    this.#clock.countPoint();
    for (;;) {
      this.#clock.runDueAlarms();
      const t = this.#scheduler.pick(possibleTransitions(this.#table.cpus), false);
      if (t !== null) return t;
      this.#watchdog.nothingRuns();
    }
  }

  *#take(t: Transition): Resumable<void> {
    const { cpu } = this.#registers;
    if (t.cpu === cpu.id && !isOff(cpu.current)) {
      if (t.kind === "run") return;
      if (t.kind === "vector") {
        yield* this.#interrupts.take(t.id);
        return;
      }
    }
    yield* this.#leave(cpu.current, t);
  }

  /** The chain of `task` stands still while something else happens. */
  *#leave(task: Task, t: Transition): Resumable<void> {
    task.top = this.#registers.top;
    this.#next = t;
    yield;
    this.#registers.top = task.top;
    yield* this.#interrupts.deliver();
  }
}
