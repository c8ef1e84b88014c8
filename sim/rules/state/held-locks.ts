/** Which locks each task holds, in which of its contexts, and where it took them. */
import type { EventOf, LockKind, LockLike, LockVariant, Place, Stamped } from "../../machine/events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";

export interface HeldLock {
  readonly lock: LockLike;
  readonly kind: LockKind;
  readonly variant: LockVariant;
  readonly trylock: boolean;
  readonly task: Task;
  readonly context: Context;
  readonly cpu: CpuId;
  readonly place: Place | null;
  readonly tick: number;
  readonly timeNs: number;
  /** Interrupts were off before the lock was taken. */
  readonly irqsWereOff: boolean;
}

type Acquired = Stamped<EventOf<"lock-acquired">>;
type Release = Stamped<EventOf<"lock-release">>;

export class HeldLocks {
  readonly #machine: RuleMachine;
  readonly #byTask = new Map<Task, HeldLock[]>();
  /** The entry that the `lock-release` now being told removed. */
  released: HeldLock | null = null;
  /** Per CPU: where interrupts went off, as long as they are off. */
  readonly #offAt: ({ place: Place | null; point: number } | null)[] = [];

  constructor(machine: RuleMachine) {
    this.#machine = machine;
  }

  readonly listeners: Listeners = {
    "irqs-off": (event) => {
      this.#offAt[event.cpu] = { place: this.#machine.here(), point: event.n };
    },
    "irqs-on": (event) => {
      this.#offAt[event.cpu] = null;
    },
    "lock-acquired": (event) => this.#acquired(event),
    "lock-release": (event) => this.#release(event),
    "task-ended": (event) => void this.#byTask.delete(event.ended),
  };

  /** Locks that the task holds, in the order of taking; all contexts on top of it included. */
  of(task: Task): readonly HeldLock[] {
    return this.#byTask.get(task) ?? NONE;
  }

  /** Locks that were taken in this context itself. */
  inContext(context: Context): readonly HeldLock[] {
    const all = this.of(context.task);
    return all.length === 0 ? all : all.filter((held) => held.context === context);
  }

  /** Who holds the lock, if anybody does. */
  holder(lock: LockLike): HeldLock | null {
    for (const list of this.#byTask.values()) {
      for (const held of list) if (held.lock === lock) return held;
    }
    return null;
  }

  all(): HeldLock[] {
    return [...this.#byTask.values()].flat();
  }

  /** Where interrupts went off on this CPU, if they are. */
  irqsOffAt(cpu: CpuId): Place | null {
    return this.#offAt[cpu]?.place ?? null;
  }

  #acquired(event: Acquired): void {
    const place = this.#machine.here();
    const entry: HeldLock = {
      lock: event.lock,
      kind: event.kind,
      variant: event.variant,
      trylock: event.trylock,
      task: event.task,
      context: event.context,
      cpu: event.cpu,
      place,
      tick: event.point,
      timeNs: event.timeNs,
      irqsWereOff: this.#wereOff(event, place),
    };
    const list = this.#byTask.get(event.task);
    if (list === undefined) this.#byTask.set(event.task, [entry]);
    else list.push(entry);
  }

  /** Interrupts are off now; they were off before unless this very call (the same place) turned them off. */
  #wereOff(event: Acquired, place: Place | null): boolean {
    if (!this.#machine.cpus[event.cpu]?.irqsDisabled) return false;
    if (event.variant !== "irq" && event.variant !== "irqsave") return true;
    return !samePlace(this.#offAt[event.cpu]?.place ?? null, place);
  }

  #release(event: Release): void {
    this.released = this.#remove(event.task, event.lock, event.kind);
    if (this.released !== null || !event.wasHeld) return;
    for (const task of this.#byTask.keys()) {
      this.released = this.#remove(task, event.lock, event.kind);
      if (this.released !== null) return;
    }
  }

  #remove(task: Task, lock: LockLike, kind: LockKind): HeldLock | null {
    const list = this.#byTask.get(task);
    if (list === undefined) return null;
    for (let i = list.length - 1; i >= 0; i--) {
      const held = list[i]!;
      if (held.lock !== lock || held.kind !== kind) continue;
      list.splice(i, 1);
      return held;
    }
    return null;
  }
}

const NONE: readonly HeldLock[] = [];

export function samePlace(a: Place | null, b: Place | null): boolean {
  return a !== null && b !== null && a.line === b.line && a.column === b.column && a.file === b.file;
}
