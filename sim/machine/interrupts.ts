/** Vectors: requested by hardware, pending on a CPU, taken as hardirq contexts; and the CPU's interrupt flag. */
import type { Resumable } from "../instrument/monitor.ts";
import type { Clock } from "./clock.ts";
import type { Contexts } from "./contexts.ts";
import type { Journal } from "./journal.ts";
import type { Cpu, CpuId } from "./model.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Running } from "./stack.ts";
import type { TaskTable } from "./task-table.ts";

export class Interrupts {
  readonly #running: Running;
  readonly #clock: Clock;
  readonly #table: TaskTable;
  readonly #journal: Journal;
  readonly #scheduler: Scheduler;
  readonly #contexts: Contexts;
  #entry: unknown = null;

  constructor(
    running: Running,
    clock: Clock,
    table: TaskTable,
    journal: Journal,
    scheduler: Scheduler,
    contexts: Contexts,
  ) {
    this.#running = running;
    this.#clock = clock;
    this.#table = table;
    this.#journal = journal;
    this.#scheduler = scheduler;
    this.#contexts = contexts;
  }

  /** The function of the kernel that every interrupt enters. */
  setEntry(entry: unknown): void {
    this.#entry = entry;
  }

  get entry(): unknown {
    return this.#entry;
  }

  request(vector: number, cpuId?: CpuId): void {
    const { cpus } = this.#table;
    const cpu = this.#table.cpu(cpuId ?? this.#scheduler.choose("interrupt-cpu", cpus.length));
    if (cpu.pendingVectors.includes(vector)) return;
    cpu.pendingVectors.push(vector);
    this.#journal.emit({ type: "interrupt-requested", vector, target: cpu.id });
    this.#clock.decideSoon();
  }

  /** True if the vector was pending. */
  cancel(vector: number, cpuId?: CpuId): boolean {
    let found = false;
    for (const cpu of this.#table.cpus) {
      if (cpuId !== undefined && cpu.id !== cpuId) continue;
      if (removePending(cpu, vector)) found = true;
    }
    return found;
  }

  /** The CPU takes the vector as soon as it executes. */
  hand(cpu: Cpu, vector: number): void {
    removePending(cpu, vector);
    cpu.delivering = vector;
  }

  /** Takes what was handed to the running CPU, if anything. */
  *deliver(): Resumable<void> {
    const { cpu } = this.#running;
    if (cpu.delivering < 0) return;
    const vector = cpu.delivering;
    cpu.delivering = -1;
    yield* this.#take(cpu, vector);
  }

  /** Takes a pending vector on the running CPU. */
  *take(vector: number): Resumable<void> {
    const { cpu } = this.#running;
    removePending(cpu, vector);
    yield* this.#take(cpu, vector);
  }

  disable(): void {
    const { cpu } = this.#running;
    if (cpu.irqsDisabled) return;
    cpu.irqsDisabled = true;
    this.#journal.emit({ type: "irqs-off" });
  }

  /** True if they were off: then a scheduling point must follow. */
  enable(): boolean {
    const { cpu } = this.#running;
    if (!cpu.irqsDisabled) return false;
    cpu.irqsDisabled = false;
    this.#journal.emit({ type: "irqs-on" });
    if (cpu.pendingVectors.length > 0 && !this.#clock.nested) this.#clock.decideSoon();
    return true;
  }

  *#take(cpu: Cpu, vector: number): Resumable<void> {
    const task = cpu.current;
    const { state, ready } = task;
    task.state = "runnable";
    cpu.irqsDisabled = true;
    yield* this.#contexts.run("hardirq", `interrupt ${vector}`, this.#entry, [vector]);
    cpu.irqsDisabled = false;
    task.state = state;
    task.ready = ready;
  }
}

function removePending(cpu: Cpu, vector: number): boolean {
  const i = cpu.pendingVectors.indexOf(vector);
  if (i >= 0) cpu.pendingVectors.splice(i, 1);
  return i >= 0;
}
