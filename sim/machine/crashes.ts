/** Exceptions that leave the program: an oops ends the task, in interrupt context the run. */
import { call } from "../instrument/index.ts";
import type { Resumable } from "../instrument/monitor.ts";
import { MachineUnwind } from "../instrument/unwind.ts";
import { Halt, TaskDeath } from "./endings.ts";
import type { Journal } from "./journal.ts";
import type { PlaceFinder, Running } from "./stack.ts";

export class Crashes {
  readonly #running: Running;
  readonly #journal: Journal;
  readonly #places: PlaceFinder;

  constructor(running: Running, journal: Journal, places: PlaceFinder) {
    this.#running = running;
    this.#journal = journal;
    this.#places = places;
  }

  /** Ends the current task; in interrupt context, the run. */
  oops(message: string): never {
    const { current } = this.#running.cpu;
    const fatal = current.context.kind !== "process" || current.idle;
    this.#journal.emit({ type: "oops", message, stack: this.#places.stack(this.#running), fatal });
    throw fatal ? new Halt("oops") : new TaskDeath(message);
  }

  halt(_reason: string): never {
    throw new Halt("halted");
  }

  /** What a context threw: the machine's own unwinding goes on, anything else is an oops. */
  crash(error: unknown): never {
    if (error instanceof MachineUnwind) throw error;
    if ((error as Error | null)?.name === "ScheduleDivergence") throw error;
    return this.oops(messageOf(error));
  }

  /** Calls the body of a task, which may die inside. */
  *untilDeath(fn: unknown, args: readonly unknown[]): Resumable<void> {
    try {
      yield* call(fn as never, undefined, args as unknown[]);
    } catch (error) {
      if (error instanceof TaskDeath) return;
      if (error instanceof Halt) throw error;
      try {
        this.crash(error);
      } catch (end) {
        if (!(end instanceof TaskDeath)) throw end;
      }
    }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof TypeError && /of (null|undefined)/.test(error.message)) {
    return `Unable to handle kernel NULL pointer dereference (${error.message})`;
  }
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return `exception: ${String(error)}`;
}
