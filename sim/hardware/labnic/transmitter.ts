/**
 * The transmitter: fetches a descriptor, fetches its data, sends the frame, writes the status back, moves the head and
 * interrupts. Each of these is a step of its own.
 */
import type { Engine, NicPort } from "../nic.ts";
import type { InterruptBlock } from "./interrupt.ts";
import {
  DESC_DONE,
  DESC_ERROR,
  DESC_OWN,
  FLAG_EOP,
  FLAG_IRQ,
  INT_TX_DONE,
  INT_TX_ERROR,
} from "./registers.ts";
import { Ring, Slot } from "./ring.ts";

const DMA_STEP_NS = 500;
/** Longer than anything that goes over the cable. */
const MAX_FRAME = 9216;

/** What the transmitter needs of the card around it. */
export interface TransmitterHost {
  txEnabled(): boolean;
  /** Sends a frame, or loops it back. */
  send(frame: Uint8Array, sent: () => void): void;
}

export class Transmitter {
  readonly ring: Ring;
  /** A transfer is under way. */
  active = false;
  hung = false;
  packets = 0;
  bytes = 0;
  readonly #port: NicPort;
  readonly #irq: InterruptBlock;
  readonly #host: TransmitterHost;
  readonly #engine: Engine;
  /** Counts resets: a transfer that began before one ends without consequences. */
  #epoch = 0;
  /** Parts of a frame whose end has not come. */
  #parts: Uint8Array[] = [];

  constructor(port: NicPort, irq: InterruptBlock, host: TransmitterHost) {
    this.#port = port;
    this.#irq = irq;
    this.#host = host;
    this.ring = new Ring("tx", port);
    this.#engine = port.engine("tx");
  }

  /** There may be something to do. */
  kick(): void {
    if (this.active || this.hung || !this.#host.txEnabled() || this.ring.empty) return;
    this.#run(true);
    this.#engine.after(DMA_STEP_NS, () => this.#fetch());
  }

  reset(): void {
    this.#epoch++;
    this.hung = false;
    this.#parts = [];
    this.ring.forget();
  }

  /** Stops dead. */
  halt(): void {
    this.#engine.cancel();
    this.#epoch++;
    this.#parts = [];
    this.#run(false);
  }

  hang(): void {
    this.hung = true;
    this.halt();
  }

  #run(active: boolean): void {
    if (active === this.active) return;
    this.active = active;
    this.#port.running("tx", active);
  }

  #fetch(): void {
    const { head } = this.ring;
    if (this.ring.empty) {
      this.#run(false);
      return;
    }
    const bus = this.ring.at(head);
    const desc = this.ring.fetch(head);
    if (desc === null) {
      this.#run(false);
      this.#irq.raise(INT_TX_ERROR);
      return;
    }
    if (desc.status < DESC_OWN) {
      this.#run(false);
      return;
    }
    this.#port.ringOwner("tx", head, bus, "card", false);
    const slot = new Slot(head, bus, desc);
    const epoch = this.#epoch;
    this.#engine.after(DMA_STEP_NS, () => this.#transfer(slot, epoch));
  }

  #transfer(slot: Slot, epoch: number): void {
    const { addr, len, flags } = slot.desc;
    const data = this.#port.dmaRead(addr, len, `tx data of descriptor ${slot.index}`);
    const length = this.#parts.reduce((sum, part) => sum + part.length, len);
    if (data === null || length === 0 || length > MAX_FRAME) {
      this.#parts = [];
      this.#later(() => this.#writeBack(slot, epoch, true));
      return;
    }
    this.#parts.push(data);
    if ((flags & FLAG_EOP) === 0) {
      this.#later(() => this.#writeBack(slot, epoch, false));
      return;
    }
    const frame = join(this.#parts);
    this.#parts = [];
    this.#host.send(frame, () => {
      this.packets += epoch === this.#epoch ? 1 : 0;
      this.bytes += epoch === this.#epoch ? frame.length : 0;
      this.#later(() => this.#writeBack(slot, epoch, false));
    });
  }

  #later(step: () => void): void {
    this.#engine.after(DMA_STEP_NS, step);
  }

  #writeBack(slot: Slot, epoch: number, error: boolean): void {
    const status = DESC_DONE | (error ? DESC_ERROR : 0);
    const written = slot.writeBack(this.#port, `tx status of descriptor ${slot.index}`, status, 0);
    this.#port.ringOwner("tx", slot.index, slot.bus, "driver", error || !written);
    this.#engine.after(0, () => this.#complete(slot, epoch, error || !written));
  }

  #complete(slot: Slot, epoch: number, error: boolean): void {
    if (epoch === this.#epoch) {
      this.ring.head = (slot.index + 1) % Math.max(1, this.ring.count);
      if (error) this.#irq.raise(INT_TX_ERROR);
      else if (slot.desc.flags & FLAG_IRQ) this.#irq.done(INT_TX_DONE);
    }
    if (this.ring.empty || !this.#host.txEnabled() || this.hung) {
      this.#run(false);
      return;
    }
    this.#later(() => this.#fetch());
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
