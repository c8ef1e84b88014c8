/** Who owns each socket buffer: the driver, the stack, or nobody any more. */
import type { DeviceLike, Place, SkbLike } from "../../machine/events.ts";
import type { CpuId } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";

export type SkbOwner = "driver" | "stack" | "borrowed" | "freed";

export interface SkbStep {
  readonly what: string;
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
  readonly byModel: boolean;
}

export interface SkbRecord {
  readonly skb: SkbLike;
  owner: SkbOwner;
  /** Somebody holds a second reference: ownership can no longer be told by hand-overs. */
  shared: boolean;
  allocated: SkbStep | null;
  /** Handed to the stack by netif_rx, netif_receive_skb or dev_queue_xmit. */
  given: (SkbStep & { readonly fn: string; result?: number }) | null;
  freed: SkbStep | null;
  /** The device whose hard_start_xmit got it last. */
  device: DeviceLike | null;
  taken: SkbStep | null;
}

export class SkbOwnership {
  readonly #machine: RuleMachine;
  readonly #records = new WeakMap<object, SkbRecord>();
  /** Buffers that a driver owns after hard_start_xmit returned OK, in order of taking. */
  readonly #outstanding = new Set<SkbRecord>();

  constructor(machine: RuleMachine) {
    this.#machine = machine;
  }

  readonly listeners: Listeners = {
    "skb-allocated": (event) => {
      const record = this.#fresh(event.skb, event.byDriver ? "driver" : "stack");
      record.allocated = this.#step("allocated", event.cpu, event.point);
    },
    "skb-to-driver": (event) => {
      const record = this.#get(event.skb);
      record.owner = "borrowed";
      record.device = event.device;
    },
    "xmit-result": (event) => {
      const record = this.#get(event.skb);
      if (record.owner !== "borrowed") return;
      record.owner = event.result === 0 ? "driver" : "stack";
      if (event.result !== 0) return;
      record.taken = this.#step("taken by hard_start_xmit", event.cpu, event.point);
      this.#outstanding.add(record);
    },
    "skb-to-stack": (event) => {
      const record = this.#get(event.skb);
      const step = { ...this.#step(`given to ${event.fn}`, event.cpu, event.point), fn: event.fn };
      record.given = event.result === undefined ? step : { ...step, result: event.result };
      if (record.owner !== "freed") record.owner = "stack";
      this.#outstanding.delete(record);
    },
    "skb-freed": (event) => {
      if (event.twice) return;
      const record = this.#get(event.skb);
      record.shared = event.users > 0;
      if (record.shared) return;
      record.owner = "freed";
      record.freed = this.#step(`freed by ${event.fn}`, event.cpu, event.point);
      this.#outstanding.delete(record);
    },
  };

  of(skb: object): SkbRecord | null {
    return this.#records.get(skb) ?? null;
  }

  /** Buffers that the driver of this device took and has neither freed nor passed on. */
  outstanding(device: DeviceLike): SkbRecord[] {
    return [...this.#outstanding].filter((record) => record.device === device);
  }

  forget(record: SkbRecord): void {
    this.#outstanding.delete(record);
  }

  #get(skb: SkbLike): SkbRecord {
    return this.#records.get(skb) ?? this.#fresh(skb, "stack");
  }

  #fresh(skb: SkbLike, owner: SkbOwner): SkbRecord {
    const record: SkbRecord = {
      skb,
      owner,
      shared: false,
      allocated: null,
      given: null,
      freed: null,
      device: null,
      taken: null,
    };
    this.#records.set(skb, record);
    return record;
  }

  #step(what: string, cpu: CpuId, tick: number): SkbStep {
    const place = this.#machine.here();
    return { what, place, cpu, tick, byModel: place?.model === true };
  }
}
