/** Calls that the machine watches: softirqs and interrupts on top of a task, and a driver's callbacks. */
import { call } from "../instrument/index.ts";
import type { Resumable } from "../instrument/monitor.ts";
import type { Crashes } from "./crashes.ts";
import type { CallState, Identified } from "./events.ts";
import type { Journal } from "./journal.ts";
import type { ContextKind, Registers } from "./model.ts";
import type { TaskTable } from "./task-table.ts";

export class Contexts {
  readonly #registers: Registers;
  readonly #table: TaskTable;
  readonly #journal: Journal;
  readonly #crashes: Crashes;
  /** Told of each callback, before it is called. */
  readonly #onCallback: (slot: string, fn: unknown) => void;

  constructor(
    registers: Registers,
    table: TaskTable,
    journal: Journal,
    crashes: Crashes,
    onCallback: (slot: string, fn: unknown) => void,
  ) {
    this.#registers = registers;
    this.#table = table;
    this.#journal = journal;
    this.#crashes = crashes;
    this.#onCallback = onCallback;
  }

  /** Runs `fn` in a context of its own on top of the current one. */
  *run(kind: ContextKind, name: string, fn: unknown, args: readonly unknown[]): Resumable<void> {
    const { cpu, top } = this.#registers;
    const task = cpu.current;
    const below = task.context;
    const context = this.#table.newContext(kind, name, task, cpu.id, below, top);
    task.context = context;
    this.#journal.emit({ type: "context-entered", entered: context });
    try {
      yield* call(fn as never, undefined, args as unknown[]);
    } catch (error) {
      this.#crashes.crash(error);
    }
    this.#journal.emit({ type: "context-left", left: context });
    task.context = below;
    this.#registers.top = top;
  }

  *driverCall(
    slot: string,
    owner: Identified | null,
    fn: unknown,
    args: readonly unknown[],
  ): Resumable<unknown> {
    const before = this.#callState();
    const name = typeof fn === "function" ? fn.name : String(fn);
    this.#journal.emit({ type: "callback-entered", slot, owner, name, args, before });
    this.#onCallback(slot, fn);
    const result = yield* call(fn as never, undefined, args as unknown[]);
    this.#journal.emit({ type: "callback-left", slot, owner, name, args, result, before });
    return result;
  }

  #callState(): CallState {
    const { cpu } = this.#registers;
    return { preemptCount: cpu.current.preemptCount, irqsDisabled: cpu.irqsDisabled };
  }
}
