/** Memory that is weakly ordered: stores of the model to what a device or another CPU may share are seen late. */
import type { AccessKind, Frame } from "../../instrument/monitor.ts";
import type { AccessWatch, OrderWatch } from "../accesses.ts";
import type { Machine } from "../machine.ts";
import type { CpuId, OperationKind } from "../model.ts";
import { Barriers, type BarrierWatch } from "./barriers.ts";
import { StoreBuffers } from "./store-buffers.ts";
import { Bytes, changes, Field, type Word, wordOf } from "./words.ts";

/** Told of an access of the model to bytes, just before it is made. */
export type BytesWatch = (bytes: Bytes, write: boolean) => void;

export class WeakMemory {
  readonly #machine: Machine;
  /** Objects whose fields the kernel keeps in order itself. */
  readonly #kernelObject: (object: object) => boolean;
  readonly #barriers: Barriers;
  readonly #buffers: StoreBuffers;
  readonly #bytesWatches: BytesWatch[] = [];

  constructor(machine: Machine, kernelObject: (object: object) => boolean) {
    this.#machine = machine;
    this.#kernelObject = kernelObject;
    this.#barriers = new Barriers(machine.journal, machine.cpus.length);
    this.#buffers = new StoreBuffers(
      machine.cpus.length,
      machine.cpu.id,
      machine.hardware,
      machine.scheduler,
    );
    this.#barriers.watch((cpu, barrier) => {
      if (barrier === "wmb") this.#buffers.divide(cpu);
      else if (barrier !== "rmb") this.#buffers.flush(cpu);
    });
    machine.watchAccesses(this.#access);
    machine.watchOrder(this.#order);
  }

  /** Tells of each barrier. */
  watchBarriers(watch: BarrierWatch): void {
    this.#barriers.watch(watch);
  }

  /** Tells of each access of the model to bytes. */
  watchBytes(watch: BytesWatch): void {
    this.#bytesWatches.push(watch);
  }

  /** An operation of the kernel that others can observe: it comes after what the last wmb ordered. */
  operation(how: OperationKind): void {
    if (how !== "read" && !this.#machine.journal.silent) this.#buffers.publish(this.#machine.cpu.id);
  }

  /** A field of a struct over bytes is about to be accessed. */
  fieldAccess(bytes: Uint8Array, offset: number, size: number, write: boolean): void {
    if (this.#machine.journal.silent || !this.#byModel()) return;
    this.#touch(new Bytes(bytes.buffer, bytes.byteOffset + offset, size), write);
  }

  /** Another CPU executes. */
  show(cpu: CpuId): void {
    this.#buffers.show(cpu);
  }

  /** `look` sees memory as a device does. */
  asDevice<T>(look: () => T): T {
    return this.#buffers.asDevice(look);
  }

  /** The object is freed or given away. */
  settle(object: object): void {
    this.#buffers.settle(object);
  }

  readonly #order: OrderWatch = (_on, how) => this.#barriers.ordered(this.#machine.cpu.id, how);

  readonly #access: AccessWatch = (object, key, kind, args, frame) => {
    if (typeof object !== "object" || object === null || !this.#ofModel(frame)) return;
    if (this.#machine.journal.silent) return;
    const word = this.#word(object, key, kind, args);
    if (word !== null) this.#touch(word, changes(key, kind));
  };

  #word(object: object, key: unknown, kind: AccessKind, args: readonly unknown[] | undefined): Word | null {
    if (!ArrayBuffer.isView(object) && this.#kernelObject(object)) return null;
    return wordOf(object, key, kind, args);
  }

  #touch(word: Word, write: boolean): void {
    if (word instanceof Bytes) for (const watch of this.#bytesWatches) watch(word, write);
    const machine = this.#machine;
    if (write) {
      const site = { place: machine.here(), cpu: machine.cpu.id, tick: machine.pointCount };
      this.#buffers.store(word, site);
      return;
    }
    const store = this.#buffers.unseen(word);
    if (store === null) return;
    const name = word instanceof Field ? `.${word.key}` : "shared bytes";
    machine.emit({ type: "stale-load", name, store });
  }

  #ofModel({ fn }: Frame): boolean {
    return this.#machine.places.modelModules.has(fn.module);
  }

  /** The model has called the accessor that executes. */
  #byModel(): boolean {
    const { top } = this.#machine;
    for (let frame = top, n = 0; frame !== null && n < 3; frame = frame.parent, n++)
      if (this.#ofModel(frame)) return true;
    return false;
  }
}
