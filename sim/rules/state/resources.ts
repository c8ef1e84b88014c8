/** What the model has asked for and not given back: memory, interrupts, timers, work, tasklets, devices. */
import type { DeviceLike, Identified, Place } from "../../machine/events.ts";
import type { CpuId } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import { privateOf } from "../txq/device.ts";

export interface Owned {
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
  /** Number of the event, to tell what belongs to a callback. */
  readonly n: number;
}

export interface OwnedMemory extends Owned {
  readonly object: object;
  readonly what: string;
}

export interface OwnedIrq extends Owned {
  readonly irq: number;
  readonly devId: unknown;
  readonly flags: number;
  readonly name: string;
}

export interface OwnedTimer extends Owned {
  readonly timer: Identified;
}

export interface OwnedWork extends Owned {
  readonly work: Identified;
}

export interface OwnedDevice extends Owned {
  readonly device: DeviceLike;
}

export class Resources {
  readonly #machine: RuleMachine;
  readonly memory = new Map<object, OwnedMemory>();
  readonly irqs: OwnedIrq[] = [];
  /** Timers that are armed, by the place that armed them last. */
  readonly timers = new Map<Identified, OwnedTimer>();
  readonly runningTimers = new Set<Identified>();
  readonly work = new Map<Identified, OwnedWork>();
  readonly runningWork = new Set<Identified>();
  readonly tasklets = new Map<Identified, OwnedWork>();
  readonly devices = new Map<DeviceLike, OwnedDevice>();
  /** Allocations that failed: task id → place of the last one. */
  readonly failed = new Map<number, Owned & { readonly what: string }>();
  /** The irq action that the `irq-freed` now being told removed. */
  freedIrq: OwnedIrq | null = null;

  constructor(machine: RuleMachine) {
    this.#machine = machine;
  }

  readonly listeners: Listeners = {
    "memory-allocated": (event) => {
      const owned = this.#owned(event);
      if (!owned.place?.model) return;
      if (event.failed) this.failed.set(event.task.id, { ...owned, what: event.what });
      else this.memory.set(event.object, { ...owned, object: event.object, what: event.what });
    },
    "memory-freed": (event) => {
      if (event.object !== null && event.wrong === undefined) this.memory.delete(event.object);
    },
    "irq-requested": (event) => {
      if (event.result !== 0) return;
      const { irq, devId, flags, name } = event;
      this.irqs.push({ ...this.#owned(event), irq, devId, flags, name });
    },
    "irq-freed": (event) => {
      const i = this.irqs.findIndex((held) => held.irq === event.irq && held.devId === event.devId);
      this.freedIrq = i < 0 ? null : (this.irqs.splice(i, 1)[0] ?? null);
    },
    "timer-armed": (event) => {
      const owned = this.#owned(event);
      if (owned.place?.model) this.timers.set(event.timer, { ...owned, timer: event.timer });
    },
    "timer-deleted": (event) => void this.timers.delete(event.timer),
    "timer-fired": (event) => {
      this.timers.delete(event.timer);
      this.runningTimers.add(event.timer);
    },
    "timer-done": (event) => void this.runningTimers.delete(event.timer),
    "work-queued": (event) => {
      const owned = this.#owned(event);
      if (!event.internal && owned.place?.model) this.work.set(event.work, { ...owned, work: event.work });
    },
    "work-run": (event) => {
      this.work.delete(event.work);
      this.runningWork.add(event.work);
    },
    "work-done": (event) => void this.runningWork.delete(event.work),
    "work-cancelled": (event) => {
      if (event.found) this.work.delete(event.work);
    },
    "tasklet-scheduled": (event) => {
      const owned = this.#owned(event);
      if (owned.place?.model) this.tasklets.set(event.tasklet, { ...owned, work: event.tasklet });
    },
    "tasklet-run": (event) => void this.tasklets.delete(event.tasklet),
    "tasklet-killed": (event) => void this.tasklets.delete(event.tasklet),
    "netdev-allocated": (event) => {
      this.devices.set(event.device, { ...this.#owned(event), device: event.device });
      // these two belong to free_netdev, not to the driver
      const area = privateOf(event.device);
      this.memory.delete(event.device);
      if (area !== null) this.memory.delete(area);
    },
    "netdev-released": (event) => void this.devices.delete(event.device),
  };

  #owned(event: { cpu: CpuId; point: number; n: number }): Owned {
    return { place: this.#machine.here(), cpu: event.cpu, tick: event.point, n: event.n };
  }
}
