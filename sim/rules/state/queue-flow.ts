/** The story of each transmit queue: who stopped it, who freed what was under way, what has run since. */
import type { DeviceLike, EventStamp, LockLike, Place, SkbLike } from "../../machine/events.ts";
import type { Context, CpuId, Task } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import type { Callback, Callbacks } from "./callbacks.ts";
import type { HeldLocks } from "./held-locks.ts";
import type { SkbOwnership } from "./skb-ownership.ts";

/** One step of the story, and the callback that took it. */
export interface FlowStep {
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
  readonly n: number;
  readonly timeNs: number;
  readonly task: Task;
  readonly context: Context;
  readonly callback: Callback | null;
  /** Locks that this context held. */
  readonly locks: readonly LockLike[];
}

export interface Flow {
  readonly device: DeviceLike;
  /** The stop that stopped it, while it is stopped. */
  stop: FlowStep | null;
  /** The last wake or start by the model. */
  wake: FlowStep | null;
  /** Packets that the driver took since the last wake. */
  takenSinceWake: number;
  /** The last time that a packet of the driver was freed by the driver. */
  reclaim: FlowStep | null;
  /** Callbacks that have returned since the stop and left the queue as it was. */
  readonly triedSince: Set<unknown>;
  /** When the callback that reclaimed last has returned; null while it runs. */
  reclaimEnded: number | null;
  /** Where the queue was stopped, and hard_start_xmit nevertheless returned OK: the driver has a stop test. */
  stopsInTime: boolean;
}

/** A load that did not see the latest store. */
export interface StaleLoad {
  readonly name: string;
  readonly store: { readonly place: Place | null };
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

/** The last stale load of a callback. */
export function staleLoad(callback: Callback | null): StaleLoad | null {
  return (callback?.notes.get(STALE) as StaleLoad | undefined) ?? null;
}

export class QueueFlow {
  readonly #machine: RuleMachine;
  readonly #callbacks: Callbacks;
  readonly #skbs: SkbOwnership;
  readonly #locks: HeldLocks;
  readonly #flows = new Map<DeviceLike, Flow>();

  constructor(machine: RuleMachine, callbacks: Callbacks, skbs: SkbOwnership, locks: HeldLocks) {
    this.#machine = machine;
    this.#callbacks = callbacks;
    this.#skbs = skbs;
    this.#locks = locks;
  }

  readonly listeners: Listeners = {
    "queue-stopped": (event) => {
      const flow = this.of(event.device);
      this.#callbacks.current(event.task, event.context)?.notes.set(STOPPED, true);
      if (event.wasStopped && flow.stop !== null) return;
      flow.stop = this.#step(event);
      flow.triedSince.clear();
    },
    "stale-load": ({ name, store, task, context, cpu, point }) => {
      const stale: StaleLoad = { name, store, place: this.#machine.here(), cpu, tick: point };
      this.#callbacks.current(task, context)?.notes.set(STALE, stale);
    },
    "queue-started": (event) => this.#woken(event.device, event),
    "queue-woken": (event) => this.#woken(event.device, event),
    "xmit-result": (event) => {
      const flow = this.of(event.device);
      if (event.result !== 0) return;
      flow.takenSinceWake++;
      if (this.#callbacks.lastOf(event.context)?.notes.has(STOPPED)) flow.stopsInTime = true;
    },
    "skb-freed": (event) => {
      if (event.twice || event.users > 0) return;
      const device = this.#deviceOf(event.skb);
      if (device === null || !this.#machine.here()?.model) return;
      const flow = this.of(device);
      flow.reclaim = this.#step(event);
      flow.reclaimEnded = null;
    },
    "callback-left": (event) => {
      for (const flow of this.#flows.values()) {
        if (flow.reclaim?.callback === this.#callbacks.left) flow.reclaimEnded = event.n;
        if (flow.stop !== null && flow.stop.callback !== this.#callbacks.left)
          flow.triedSince.add(event.owner);
      }
    },
    "netdev-released": (event) => void this.#flows.delete(event.device),
  };

  of(device: DeviceLike): Flow {
    let flow = this.#flows.get(device);
    if (flow === undefined) {
      flow = {
        device,
        stop: null,
        wake: null,
        takenSinceWake: 0,
        reclaim: null,
        triedSince: new Set(),
        reclaimEnded: null,
        stopsInTime: false,
      };
      this.#flows.set(device, flow);
    }
    return flow;
  }

  get all(): Iterable<Flow> {
    return this.#flows.values();
  }

  #woken(device: DeviceLike, event: EventStamp): void {
    const flow = this.of(device);
    flow.stop = null;
    flow.takenSinceWake = 0;
    flow.wake = this.#step(event);
  }

  /** A packet that the driver has, or that hard_start_xmit just gets. */
  #deviceOf(skb: SkbLike): DeviceLike | null {
    return this.#skbs.of(skb)?.device ?? null;
  }

  #step(event: EventStamp): FlowStep {
    return {
      place: this.#machine.here(),
      cpu: event.cpu,
      tick: event.point,
      n: event.n,
      timeNs: event.timeNs,
      task: event.task,
      context: event.context,
      callback: this.#callbacks.current(event.task, event.context),
      locks: this.#locks.inContext(event.context).map(({ lock }) => lock),
    };
  }
}

const STOPPED = "queue-flow: stopped";
const STALE = "queue-flow: stale load";
