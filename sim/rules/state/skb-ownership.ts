/** Who owns each socket buffer: the driver, the stack, or nobody any more. */
import type { DeviceLike, Place, SkbLike } from "../../machine/events.ts";
import type { Context, CpuId } from "../../machine/model.ts";
import type { Listeners, RuleMachine } from "../rule.ts";
import { privateOf } from "../txq/device.ts";
import { findSlot, type Slot, slotIn } from "./slots.ts";

export type SkbOwner = "driver" | "stack" | "borrowed" | "freed";

export interface SkbStep {
  readonly what: string;
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
  readonly byModel: boolean;
  readonly context: Context | null;
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
  takenNs: number;
  /** Where the private area pointed to it when hard_start_xmit returned. */
  slot: Slot | null;
  /** A receive buffer that hung in this device's ring when its stop returned. */
  atStop: DeviceLike | null;
}

export class SkbOwnership {
  readonly #machine: RuleMachine;
  readonly #records = new WeakMap<object, SkbRecord>();
  /** Buffers that a driver owns after hard_start_xmit returned OK, in order of taking. */
  readonly #outstanding = new Set<SkbRecord>();
  /** Buffers that the driver allocated and still owns. */
  readonly #own = new Set<SkbRecord>();

  constructor(machine: RuleMachine) {
    this.#machine = machine;
  }

  readonly listeners: Listeners = {
    "skb-allocated": (event) => {
      const record = this.#fresh(event.skb, event.byDriver ? "driver" : "stack");
      record.allocated = this.#step("allocated", event.cpu, event.point);
      if (event.byDriver && record.allocated.byModel) this.#own.add(record);
    },
    "skb-to-driver": (event) => {
      const record = this.#get(event.skb);
      record.owner = "borrowed";
      record.device = event.device;
      this.#own.delete(record);
    },
    "xmit-result": (event) => {
      const record = this.#get(event.skb);
      if (record.owner !== "borrowed") return;
      record.owner = event.result === 0 ? "driver" : "stack";
      if (event.result !== 0) return;
      record.taken = this.#step("taken by hard_start_xmit", event.cpu, event.point);
      record.takenNs = event.timeNs;
      record.slot = this.#find(record.device, record.skb);
      this.#outstanding.add(record);
    },
    "skb-to-stack": (event) => {
      const record = this.#get(event.skb);
      const step = { ...this.#step(`given to ${event.fn}`, event.cpu, event.point), fn: event.fn };
      record.given = event.result === undefined ? step : { ...step, result: event.result };
      if (record.owner !== "freed") record.owner = "stack";
      this.#outstanding.delete(record);
      this.#own.delete(record);
    },
    "skb-freed": (event) => {
      if (event.twice) return;
      const record = this.#get(event.skb);
      record.shared = event.users > 0;
      if (record.shared) return;
      record.owner = "freed";
      record.freed = this.#step(`freed by ${event.fn}`, event.cpu, event.point, event.context);
      this.#outstanding.delete(record);
      this.#own.delete(record);
    },
  };

  of(skb: object): SkbRecord | null {
    return this.#records.get(skb) ?? null;
  }

  /** Buffers that the driver of this device took and has neither freed nor passed on. */
  outstanding(device: DeviceLike): SkbRecord[] {
    return [...this.#outstanding].filter((record) => record.device === device);
  }

  /** Buffers that the driver allocated and has neither freed nor passed on. */
  get own(): readonly SkbRecord[] {
    return [...this.#own];
  }

  forget(record: SkbRecord): void {
    this.#outstanding.delete(record);
    this.#own.delete(record);
  }

  /** Objects in which a device's last packets were kept: the next one will be there too. */
  readonly #holders = new WeakMap<object, object>();

  #find(device: DeviceLike | null, skb: SkbLike): Slot | null {
    const area = device === null ? null : privateOf(device);
    if (device === null || area === null) return null;
    const usual = this.#holders.get(device);
    const slot = (usual && slotIn(usual, skb)) ?? findSlot(area, skb, new Set<unknown>([device]));
    if (slot !== null) this.#holders.set(device, slot.holder);
    return slot;
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
      takenNs: 0,
      slot: null,
      atStop: null,
    };
    this.#records.set(skb, record);
    return record;
  }

  #step(what: string, cpu: CpuId, tick: number, context: Context | null = null): SkbStep {
    const place = this.#machine.here();
    return { what, place, cpu, tick, byModel: place?.model === true, context };
  }
}
