/**
 * The system as it is when it has booted: every run of one program begins alike, so a lab that makes many runs boots once
 * and goes on from here. A run from the image and one that booted have the same history.
 */

import type { Platform } from "../hardware/platform.ts";
import type { LoadedModule } from "../instrument/monitor.ts";
import type { Stamped } from "../machine/events.ts";
import type { Machine, MachineState } from "../machine/machine.ts";
import { MemoryImage, NotRestorable } from "./memory-image.ts";

export interface Booting {
  readonly machine: Machine;
  readonly hardware: Platform;
  /** Those that boot evaluates. */
  readonly modules: readonly LoadedModule[];
}

/** Tasks get their generators from the machine. */
const OF_THE_MACHINE: ReadonlySet<PropertyKey> = new Set(["root"]);

/** Watches a boot. To be made before it begins. */
export class BootRecorder {
  readonly #booting: Booting;
  readonly #events: Stamped[] = [];
  readonly #start: string;
  readonly #stop: () => void;

  constructor(booting: Booting) {
    this.#booting = booting;
    this.#start = positionOf(booting.machine);
    this.#stop = booting.machine.onAny((event) => this.#events.push(event));
  }

  /** The image; null if a boot like this one cannot be remembered: more happened than that one task ran. */
  finish(): BootImage | null {
    this.#stop();
    const { machine, hardware, modules } = this.#booting;
    const running = machine.cpu.current;
    const begun = machine.tasks.some(
      (task) => task !== running && !task.idle && (task.top !== null || task.state === "ended"),
    );
    if (begun || machine.decisions.length > 0) return null;
    if (this.#events.some(({ type }) => type === "task-switched" || type === "violation")) return null;
    try {
      const memory = new MemoryImage(modules, [...machine.tasks, ...machine.cpus], OF_THE_MACHINE);
      return new BootImage(this.#start, machine.save(), memory, this.#events, hardware.connected);
    } catch (error) {
      if (error instanceof NotRestorable) return null;
      throw error;
    }
  }
}

export class BootImage {
  readonly #start: string;
  readonly state: MachineState;
  readonly #memory: MemoryImage;
  readonly #events: readonly Stamped[];
  readonly #connected: Platform["connected"];

  constructor(
    start: string,
    state: MachineState,
    memory: MemoryImage,
    events: readonly Stamped[],
    connected: Platform["connected"],
  ) {
    this.#start = start;
    this.state = state;
    this.#memory = memory;
    this.#events = events;
    this.#connected = connected;
  }

  /** Takes the place of a boot; false if the run has begun otherwise. The machine was powered on with the tasks of `state`. */
  restore({ machine, hardware }: Pick<Booting, "machine" | "hardware">): boolean {
    if (positionOf(machine) !== this.#start) return false;
    this.#memory.restore();
    if (this.#connected !== null) hardware.connect(this.#connected.raise, this.#connected.lower);
    machine.load(this.state);
    for (const event of this.#events) machine.journal.retell(event);
    return true;
  }
}

/** Where a run stands, and by which history it came there. */
function positionOf({ pointCount, tickCount, historyHash, tasks }: Machine): string {
  return `${pointCount} ${tickCount} ${tasks.length} ${historyHash}`;
}
