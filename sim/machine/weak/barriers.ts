/** What the operations of a CPU order, told as the barriers that they are. */
import type { Ordering } from "../accesses.ts";
import type { EventType } from "../events.ts";
import type { Journal } from "../journal.ts";
import type { CpuId } from "../model.ts";

/**
 * `wmb`: stores after it become visible after those before it; `rmb`: loads after it are made after those before it;
 * `release`: what was stored before is visible; `mb`: all of it.
 */
export type Barrier = "wmb" | "rmb" | "release" | "mb";

export type BarrierWatch = (cpu: CpuId, barrier: Barrier) => void;

const ORDERINGS: Readonly<Record<Exclude<Ordering, "access">, Barrier>> = {
  stores: "wmb",
  loads: "rmb",
  acquire: "rmb",
  release: "release",
  both: "mb",
  fence: "mb",
  grace: "mb",
};

/** Operations of which only the event tells: those of locks, and those that take a lock inside in Linux. */
const EVENTS: Readonly<Partial<Record<EventType, Barrier>>> = {
  "lock-acquired": "rmb",
  "lock-release": "release",
  "callback-entered": "rmb",
  "context-entered": "rmb",
  "context-left": "mb",
  "task-switched": "mb",
  "task-created": "mb",
  "task-woken": "mb",
  "task-ended": "mb",
  "timer-armed": "release",
  "timer-done": "mb",
  "timer-deleted": "mb",
  "work-queued": "release",
  "work-done": "mb",
  "work-cancelled": "mb",
  "tasklet-scheduled": "release",
  "tasklet-done": "mb",
  "tasklet-killed": "mb",
  "mmio-read": "mb",
};

export class Barriers {
  readonly #cpus: number;
  readonly #watches: BarrierWatch[] = [];

  constructor(journal: Journal, cpus: number) {
    this.#cpus = cpus;
    for (const [type, barrier] of Object.entries(EVENTS) as [EventType, Barrier][])
      journal.on(type, (event) => this.#tell(event.cpu, barrier));
    // a port is written when all before it is done
    journal.on("mmio-write", (event) => {
      if (!event.posted) this.#tell(event.cpu, "mb");
    });
  }

  watch(watch: BarrierWatch): void {
    this.#watches.push(watch);
  }

  ordered(cpu: CpuId, how: Ordering): void {
    if (how === "grace") for (let other = 0; other < this.#cpus; other++) this.#tell(other, "mb");
    else if (how !== "access") this.#tell(cpu, ORDERINGS[how]);
  }

  #tell(cpu: CpuId, barrier: Barrier): void {
    for (const watch of this.#watches) watch(cpu, barrier);
  }
}
