/**
 * Who executes. Every task is a chain of generators; the chain that runs decides at a scheduling point what happens
 * next, and yields to the main loop if that is on another CPU or in another task.
 */
import type { Resumable } from "../instrument/monitor.ts";
import type { Clock } from "./clock.ts";
import type { HardwareSteps } from "./hardware-steps.ts";
import type { Interrupts } from "./interrupts.ts";
import type { Journal } from "./journal.ts";
import type { Cpu, OperationKind, Registers, Task } from "./model.ts";
import type { CpuTransition, Transition } from "./schedule.ts";
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
  readonly #hardware: HardwareSteps;
  readonly #interrupts: Interrupts;
  readonly #watchdog: Watchdog;
  /** Tells the debugger that only frozen CPUs could go on. */
  readonly #stalled: () => Resumable<void>;
  /** Told of an operation of the kernel, when its turn has come. */
  readonly #operation: (on: object | null, how: OperationKind) => void;
  /** What the main loop does now that the running chain has yielded. */
  #next: CpuTransition | null = null;

  constructor(
    registers: Registers,
    clock: Clock,
    table: TaskTable,
    journal: Journal,
    scheduler: Scheduler,
    hardware: HardwareSteps,
    interrupts: Interrupts,
    watchdog: Watchdog,
    stalled: () => Resumable<void>,
    operation: (on: object | null, how: OperationKind) => void,
  ) {
    this.#registers = registers;
    this.#clock = clock;
    this.#table = table;
    this.#journal = journal;
    this.#scheduler = scheduler;
    this.#hardware = hardware;
    this.#interrupts = interrupts;
    this.#watchdog = watchdog;
    this.#stalled = stalled;
    this.#operation = operation;
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
        const chosen = this.#pick(true);
        this.#scheduler.drawRunLength();
        if (chosen !== null) yield* this.#take(chosen);
      }
    }
    clock.grantPoints();
  }

  /** A scheduling point of the machine's own operations. */
  *hostPoint(
    on: object | null = null,
    how: OperationKind = "write",
    yields: boolean = false,
  ): Resumable<void> {
    const { pending } = this.#registers.cpu.current;
    pending.frame = null;
    pending.on = on;
    pending.key = undefined;
    pending.how = how;
    pending.yields = yields;
    if (--this.#registers.pointsLeft < 0 && !this.#clock.passPoint()) yield* this.point();
    this.#operation(on, how);
  }

  /** What is pending may be taken at once. */
  *enableIrqs(): Resumable<void> {
    if (this.#interrupts.enable()) yield* this.hostPoint();
  }

  /** The current task cannot go on: something else happens. */
  *reschedule(): Resumable<void> {
    const t = yield* this.#pickNext();
    this.#scheduler.drawRunLength();
    yield* this.#take(t);
  }

  /** The debugger wants `t` to happen now: a decision like any other. */
  *force(t: CpuTransition): Resumable<void> {
    this.#clock.countPoint();
    this.#scheduler.record(t);
    this.#scheduler.drawRunLength();
    yield* this.#take(t);
  }

  /** Another task of this CPU goes on, if one can. */
  *yieldCpu(): Resumable<void> {
    const { cpu } = this.#registers;
    const others = cpu.tasks.filter((task) => task !== cpu.current && canRun(task));
    if (others.length === 0) {
      yield* this.hostPoint(null, "write", true);
      return;
    }
    this.#clock.countPoint();
    const transitions = others.map((task) => toTask(cpu, task));
    const t = this.#scheduler.pick(transitions, false) as CpuTransition;
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
    const t = yield* this.#pickNext();
    this.#clock.grantPoints();
    yield* this.#leave(task, t);
  }

  /** What happens where the current CPU cannot go on; time passes until something can. */
  *#pickNext(): Resumable<CpuTransition> {
    this.#clock.countPoint();
    const sinceNs = this.#clock.nowNs;
    for (;;) {
      this.#clock.runDueAlarms();
      const t = this.#pick(false);
      if (t !== null) return t;
      if (this.#watchdog.onlyFrozenCouldRun(sinceNs)) yield* this.#stalled();
      else this.#watchdog.nothingRuns();
    }
  }

  /** What happens on the CPUs; what the hardware does before that is done. */
  #pick(voluntary: boolean): CpuTransition | null {
    for (;;) {
      const possible = possibleTransitions(this.#table.cpus, this.#hardware);
      const t: Transition | null = this.#scheduler.pick(possible, voluntary);
      if (t === null || t.kind !== "hardware") return t;
      this.#hardware.act(t.id);
    }
  }

  *#take(t: CpuTransition): Resumable<void> {
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
  *#leave(task: Task, t: CpuTransition): Resumable<void> {
    task.top = this.#registers.top;
    this.#next = t;
    yield;
    this.#registers.top = task.top;
    yield* this.#interrupts.deliver();
  }
}
