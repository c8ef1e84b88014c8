/** What the model has done to end its timers, works and tasklets, and whether they began anew. */

import type { Identified, Place } from "../../machine/events.ts";
import type { Context, Task } from "../../machine/model.ts";
import { byModel, holds } from "../help.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import { privateOf } from "../txq/device.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Owned, Resources } from "./resources.ts";

export interface Ended extends Owned {
  /** It was waited until a running function had ended. */
  readonly sync: boolean;
}

/** A function that runs now: of which object, and where. */
interface Running {
  readonly item: Identified;
  readonly task: Task;
  readonly context: Context;
}

export class Deferred {
  readonly #machine: RuleMachine;
  readonly #callbacks: Callbacks;
  readonly #resources: Resources;
  /** Timers that the model deleted, works that it cancelled: the last time. */
  readonly ended = new Map<Identified, Ended>();
  /** The last flush of the model. */
  flushed: Owned | null = null;
  /** Works that were queued by their own function the last time. */
  readonly selfQueued = new Set<Identified>();
  readonly runningTasklets = new Set<Identified>();
  /** What lies in the memory that the `memory-freed` now being told frees. */
  #goes: readonly Identified[] = [];
  /** Timers, works and tasklets that were queued or running when the memory that contains them was freed. */
  readonly lost = new Set<Identified>();
  readonly #running = new Map<Identified, Running>();

  constructor(machine: RuleMachine, callbacks: Callbacks, resources: Resources) {
    this.#machine = machine;
    this.#callbacks = callbacks;
    this.#resources = resources;
  }

  readonly listeners: Listeners = {
    "timer-deleted": (event) => {
      if (byModel(this.#machine))
        this.ended.set(event.timer, { ...this.#here(event), sync: event.sync === true });
    },
    "work-cancelled": (event) => {
      if (byModel(this.#machine)) this.ended.set(event.work, { ...this.#here(event), sync: false });
    },
    "work-flushed": (event) => {
      if (byModel(this.#machine)) this.flushed = this.#here(event);
    },
    "work-queued": (event) => {
      const mine = this.#running.get(event.work);
      if (mine?.task === event.task && mine.context === event.context) this.selfQueued.add(event.work);
      else this.selfQueued.delete(event.work);
    },
    "memory-freed": (event) => {
      this.#goes = event.object === null || !byModel(this.#machine) ? [] : this.#within(event.object);
      for (const item of this.#goes) this.lost.add(item);
    },
    "timer-fired": (event) => this.#begins(event.timer, event),
    "timer-done": (event) => void this.#running.delete(event.timer),
    "work-run": (event) => {
      if (event.work !== null) this.#begins(event.work, event);
    },
    "work-done": (event) => {
      if (event.work !== null) this.#running.delete(event.work);
    },
    "tasklet-run": (event) => {
      this.#begins(event.tasklet, event);
      this.runningTasklets.add(event.tasklet);
    },
    "tasklet-done": (event) => {
      this.#running.delete(event.tasklet);
      this.runningTasklets.delete(event.tasklet);
    },
  };

  /** Those of `among` that lie in the memory that the `memory-freed` now being told frees. */
  going(among: { has(item: Identified): boolean }): Identified[] {
    return this.#goes.filter((item) => among.has(item));
  }

  /** Its function runs, and it is not this context that runs it: a function may free what it came from. */
  runsElsewhere(item: Identified, { task, context }: { task: Task; context: Context }): boolean {
    const running = this.#running.get(item);
    return running !== undefined && !(running.task === task && running.context === context);
  }

  /** Number of the event at which the callback began that ends things now (stop, remove, module_exit); 0 in none. */
  endingSince(task: Task, context: Context): number {
    for (const slot of ENDING) {
      const call = this.#callbacks.inside(task, context, slot);
      if (call !== null) return call.since;
    }
    return 0;
  }

  /** What lies in an object or, if that is a device, in its private area. */
  #within(freed: object): Identified[] {
    const { timers, work, tasklets, devices } = this.#resources;
    const device = [...devices.keys()].find((d) => d === freed);
    const area = device ? privateOf(device) : null;
    const items = new Set([...timers.keys(), ...work.keys(), ...tasklets.keys(), ...this.#running.keys()]);
    return [...items].filter((item) => holds(freed, item) || (area !== null && holds(area, item)));
  }

  #begins(item: Identified, { task, context }: { task: Task; context: Context }): void {
    this.#running.set(item, { item, task, context });
  }

  #here(event: { cpu: number; point: number; n: number }): Owned {
    const place: Place | null = this.#machine.here();
    return { place, cpu: event.cpu, tick: event.point, n: event.n };
  }
}

/** Callbacks in which a driver ends what it has begun, the outer ones first. */
const ENDING = ["module_exit", "remove", "stop"] as const;
