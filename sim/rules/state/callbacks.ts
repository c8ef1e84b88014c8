/** Which driver callbacks are running, per task and context. */
import type { CallState, Identified, Place } from "../../machine/events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import type { HeldLock, HeldLocks } from "./held-locks.ts";

export interface Callback {
  readonly slot: string;
  readonly owner: Identified | null;
  readonly name: string;
  readonly args: readonly unknown[];
  readonly before: CallState;
  readonly context: Context;
  readonly task: Task;
  readonly cpu: CpuId;
  /** Number of the event at its start. */
  readonly since: number;
  readonly sincePoint: number;
  readonly sinceNs: number;
  readonly locksBefore: readonly HeldLock[];
  /** Locks that were released inside with another variant than they were taken with. */
  readonly oddReleases: { held: HeldLock; place: Place | null; how: string }[];
  /** Scratch space of rules, by rule id. */
  readonly notes: Map<string, unknown>;
}

export class Callbacks {
  readonly #byTask = new Map<Task, Callback[]>();
  readonly #machine: RuleMachine;
  readonly #locks: HeldLocks;
  /** The callback that the `callback-left` now being told ends. */
  left: Callback | null = null;
  /** The last callback that each context has left. */
  readonly #lastOf = new WeakMap<Context, Callback>();

  constructor(machine: RuleMachine, locks: HeldLocks) {
    this.#machine = machine;
    this.#locks = locks;
  }

  readonly listeners: Listeners = {
    "callback-entered": (event) => {
      const entry: Callback = {
        slot: event.slot,
        owner: event.owner,
        name: event.name,
        args: event.args,
        before: event.before,
        context: event.context,
        task: event.task,
        cpu: event.cpu,
        since: event.n,
        sincePoint: event.point,
        sinceNs: event.timeNs,
        locksBefore: [...this.#locks.of(event.task)],
        oddReleases: [],
        notes: new Map(),
      };
      const list = this.#byTask.get(event.task);
      if (list === undefined) this.#byTask.set(event.task, [entry]);
      else list.push(entry);
    },
    "callback-left": (event) => {
      this.left = this.#pop(event.task, event.context, event.slot);
      if (this.left !== null) this.#lastOf.set(event.context, this.left);
    },
    "lock-release": (event) => {
      const held = this.#locks.released;
      if (held === null || held.variant === event.variant) return;
      this.current(event.task, event.context)?.oddReleases.push({
        held,
        place: this.#machine.here(),
        how: event.variant,
      });
    },
    "task-ended": (event) => void this.#byTask.delete(event.ended),
  };

  /** Innermost callback of this context, or null: then kernel or user space calls. */
  current(task: Task, context: Context): Callback | null {
    const list = this.#byTask.get(task);
    const last = list?.at(-1);
    return last !== undefined && last.context === context ? last : null;
  }

  /**
   * The callback that this context left last: what an event tells about that comes right after the call, as `xmit-result`
   * does. Elsewhere callbacks may have been left since.
   */
  lastOf(context: Context): Callback | null {
    return this.#lastOf.get(context) ?? null;
  }

  /** The callback of that slot that this context is in, however deep. */
  inside(task: Task, context: Context, slot: string): Callback | null {
    return this.#byTask.get(task)?.findLast((c) => c.context === context && c.slot === slot) ?? null;
  }

  /** Where the callback's function stands: for what is seen only when it has returned. */
  place(callback: { readonly name: string }): Place | null {
    for (const module of this.#machine.places?.modelModules ?? []) {
      const info = module.functions.find((f) => f.name === callback.name);
      if (info === undefined) continue;
      const { line, column } = info.range;
      return { file: module.file, line, column, fn: info.name, model: true };
    }
    return null;
  }

  /** Every running callback, of all tasks. */
  running(): Callback[] {
    return [...this.#byTask.values()].flat();
  }

  /** An oops unwinds callbacks that never tell that they were left: drop what lies above the one that ends. */
  #pop(task: Task, context: Context, slot: string): Callback | null {
    const list = this.#byTask.get(task);
    if (list === undefined) return null;
    for (let i = list.length - 1; i >= 0; i--) {
      const entry = list[i]!;
      if (entry.context !== context || entry.slot !== slot) continue;
      list.length = i;
      return entry;
    }
    return null;
  }
}
