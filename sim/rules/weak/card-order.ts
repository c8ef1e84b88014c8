/**
 * With weak ordering: what orders the CPUs' accesses to descriptors with those of the card. Judged by the barriers alone,
 * whether or not this schedule happened to let a store be seen late.
 */
import type { CardLike, CardSide, DmaMappingLike } from "../../machine/hardware-events.ts";
import type { CpuId } from "../../machine/model.ts";
import type { Barrier } from "../../machine/weak/barriers.ts";
import type { WeakMemory } from "../../machine/weak/weak-memory.ts";
import { Bytes } from "../../machine/weak/words.ts";
import type { RuleMachine } from "../rule.ts";
import { DESC_STATUS_SIZE } from "../state/cards.ts";

/** An access of the driver to memory that it shares with a card. */
interface Access extends CardSide {
  readonly bytes: Bytes;
}

/** A register write, and the stores of its CPU that no barrier put before it. */
interface Sent extends CardSide {
  readonly card: CardLike;
  readonly register: string;
  readonly value: number;
  readonly unordered: readonly Access[];
}

/** What the card wrote back into a descriptor since a CPU's last barrier for loads. */
interface WriteBack {
  readonly card: CardLike;
  readonly what: string;
  readonly status: Bytes;
  readonly rest: Bytes;
  /** The CPU has loaded its status since. */
  done: Access | null;
}

interface CpuWindow {
  /** Stores that no barrier orders before what comes now. */
  stores: Access[];
  /** Loads that no barrier puts before what comes now. */
  loads: Access[];
  writeBacks: WriteBack[];
}

type Machine = RuleMachine & { readonly cpu: { readonly id: CpuId } };

export class CardOrder {
  readonly #machine: Machine;
  readonly #windows: readonly CpuWindow[];
  readonly #shared = new Set<ArrayBufferLike>();
  /** On their way, in order of sending. */
  #sent: Sent[] = [];
  /** By card and CPU: the last write that has arrived. */
  readonly #arrived = new Map<CardLike, Sent[]>();

  constructor(machine: Machine, memory: WeakMemory) {
    this.#machine = machine;
    this.#windows = machine.cpus.map(() => ({ stores: [], loads: [], writeBacks: [] }));
    memory.watchBarriers((cpu, barrier) => this.#barrier(this.#windows[cpu]!, barrier));
    memory.watchBytes((bytes, write) => {
      if (this.#shared.has(bytes.buffer)) this.#access(bytes, write);
    });
    machine.on("dma-mapped", ({ mapping }) => {
      if (mapping.kind === "coherent") this.#shared.add(mapping.memory);
    });
    machine.on("dma-unmapped", ({ mapping }) => {
      if (mapping?.kind === "coherent") this.#shared.delete(mapping.memory);
    });
    machine.on("mmio-write", (event) => {
      const { card, register, value, cpu, point } = event;
      const unordered = [...this.#windows[cpu]!.stores];
      const sent = { card, register, value, cpu, tick: point, place: machine.here(), unordered };
      if (event.posted) this.#sent.push(sent);
      else this.#arrive(sent);
    });
    machine.on("mmio-arrived", ({ card, register, value, sentBy, outstanding }) => {
      const sent = this.#sent.find(
        (s) => s.card === card && s.cpu === sentBy && s.register === register && s.value === value,
      );
      if (sent !== undefined) this.#arrive(sent);
      this.#sent = this.#sent.filter((s) => s !== sent && (outstanding > 0 || s.card !== card));
    });
    machine.on("dma-access", (event) => {
      if (event.error !== "" || event.mapping?.kind !== "coherent") return;
      const bytes = inMemory(event.mapping, event.bus, event.size);
      if (event.write) this.#writtenBack(event.card, event.what, bytes);
      else this.#fetched(event.card, event.what, bytes);
    });
  }

  #barrier(window: CpuWindow, barrier: Barrier): void {
    if (barrier !== "rmb") window.stores = [];
    if (barrier === "rmb" || barrier === "mb") {
      window.loads = [];
      window.writeBacks = [];
    }
  }

  #access(bytes: Bytes, write: boolean): void {
    const machine = this.#machine;
    const cpu = machine.cpu.id;
    const access = { bytes, place: machine.here(), cpu, tick: machine.pointCount };
    const window = this.#windows[cpu]!;
    if (write) {
      window.stores.push(access);
      return;
    }
    window.loads.push(access);
    for (const back of window.writeBacks) this.#loaded(back, access, window);
  }

  #arrive(sent: Sent): void {
    const list = this.#arrived.get(sent.card) ?? [];
    this.#arrived.set(sent.card, list);
    list[sent.cpu] = sent;
  }

  /** The card reads: what it was told of must have been stored before. */
  #fetched(card: CardLike, what: string, bytes: Bytes): void {
    for (const sent of this.#arrived.get(card) ?? []) {
      const store = sent?.unordered.find((access) => access.bytes.overlaps(bytes));
      if (store === undefined) continue;
      this.#machine.emit({ type: "dma-unordered", how: "store", card, what, access: store, after: sent });
      return;
    }
  }

  #writtenBack(card: CardLike, what: string, bytes: Bytes): void {
    if (bytes.size <= DESC_STATUS_SIZE || !/ status /.test(what)) return;
    const { buffer, offset, size } = bytes;
    const status = new Bytes(buffer, offset, DESC_STATUS_SIZE);
    const rest = new Bytes(buffer, offset + DESC_STATUS_SIZE, size - DESC_STATUS_SIZE);
    for (const window of this.#windows) window.writeBacks.push({ card, what, status, rest, done: null });
  }

  /** Status and another field, loaded in either order without a barrier in between: the field may be what it was before. */
  #loaded(back: WriteBack, access: Access, { loads }: CpuWindow): void {
    const { card, what, status, rest } = back;
    if (access.bytes.overlaps(status)) back.done = access;
    if (back.done === null) return;
    const early = access.bytes.overlaps(rest) ? access : loads.find((load) => load.bytes.overlaps(rest));
    if (early === undefined) return;
    this.#machine.emit({ type: "dma-unordered", how: "load", card, what, access: early, after: back.done });
    back.done = null;
  }
}

function inMemory(mapping: DmaMappingLike, bus: number, size: number): Bytes {
  return new Bytes(mapping.memory, mapping.offset + bus - mapping.bus, size);
}
