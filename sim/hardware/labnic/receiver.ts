/** The receiver: takes frames from the cable, puts them into the driver's buffers, writes the status back and interrupts. */
import type { Engine, NicPort } from "../nic.ts";
import type { InterruptBlock } from "./interrupt.ts";
import { DESC_DONE, DESC_ERROR, DESC_OWN, INT_RX_DONE, INT_RX_OVERFLOW } from "./registers.ts";
import { Ring, Slot } from "./ring.ts";

const DMA_STEP_NS = 500;
/** Frames that the card itself can hold. */
const FIFO_FRAMES = 16;

export class Receiver {
  readonly ring: Ring;
  active = false;
  hung = false;
  packets = 0;
  bytes = 0;
  missed = 0;
  readonly #port: NicPort;
  readonly #irq: InterruptBlock;
  readonly #engine: Engine;
  readonly #enabled: () => boolean;
  readonly #fifo: Uint8Array[] = [];
  #epoch = 0;

  constructor(port: NicPort, irq: InterruptBlock, enabled: () => boolean) {
    this.#port = port;
    this.#irq = irq;
    this.#enabled = enabled;
    this.ring = new Ring("rx", port);
    this.#engine = port.engine("rx");
  }

  /** A frame that is meant for this card. */
  take(frame: Uint8Array): void {
    if (!this.#enabled() || this.hung) return;
    if (this.#fifo.length >= FIFO_FRAMES) {
      this.#overflow();
      return;
    }
    this.#fifo.push(frame);
    this.#start();
  }

  reset(): void {
    this.#epoch++;
    this.hung = false;
    this.#fifo.length = 0;
    this.ring.forget();
  }

  /** The driver has switched the receiver off: what has not begun to move is lost. */
  disable(): void {
    this.#fifo.length = 0;
  }

  halt(): void {
    this.#engine.cancel();
    this.#epoch++;
    this.#fifo.length = 0;
    this.#run(false);
  }

  hang(): void {
    this.hung = true;
    this.halt();
  }

  #start(): void {
    if (this.active || this.#fifo.length === 0) return;
    this.#run(true);
    this.#engine.after(DMA_STEP_NS, () => this.#fetch());
  }

  #run(active: boolean): void {
    if (active === this.active) return;
    this.active = active;
    this.#port.running("rx", active);
  }

  #overflow(): void {
    this.missed++;
    this.#irq.raise(INT_RX_OVERFLOW);
  }

  #fetch(): void {
    const frame = this.#fifo.shift();
    if (frame === undefined || !this.#enabled() || this.hung) {
      this.#run(false);
      return;
    }
    const { head } = this.ring;
    const bus = this.ring.at(head);
    const desc = this.ring.empty ? null : this.ring.fetch(head);
    if (desc === null || desc.status < DESC_OWN) {
      this.#overflow();
      this.#next();
      return;
    }
    this.#port.ringOwner("rx", head, bus, "card", false);
    const slot = new Slot(head, bus, desc);
    const epoch = this.#epoch;
    this.#engine.after(DMA_STEP_NS, () => this.#transfer(slot, frame, epoch));
  }

  #transfer(slot: Slot, frame: Uint8Array, epoch: number): void {
    const { addr, len } = slot.desc;
    const part = frame.subarray(0, len);
    const stored = this.#port.dmaWrite(addr, part, `rx data of descriptor ${slot.index}`);
    const error = !stored || frame.length > len;
    const length = stored ? part.length : 0;
    this.#engine.after(DMA_STEP_NS, () => this.#writeBack(slot, epoch, error, length));
  }

  #writeBack(slot: Slot, epoch: number, error: boolean, length: number): void {
    const status = DESC_DONE | (error ? DESC_ERROR : 0);
    const written = slot.writeBack(this.#port, `rx status of descriptor ${slot.index}`, status, length);
    this.#port.ringOwner("rx", slot.index, slot.bus, "driver", error || !written);
    this.#engine.after(0, () => this.#complete(slot, epoch, error, length));
  }

  #complete(slot: Slot, epoch: number, error: boolean, length: number): void {
    if (epoch === this.#epoch) {
      this.ring.head = (slot.index + 1) % Math.max(1, this.ring.count);
      if (!error) {
        this.packets++;
        this.bytes += length;
      }
      this.#irq.done(INT_RX_DONE);
    }
    this.#next();
  }

  #next(): void {
    if (this.#fifo.length === 0) {
      this.#run(false);
      return;
    }
    this.#engine.after(DMA_STEP_NS, () => this.#fetch());
  }
}
