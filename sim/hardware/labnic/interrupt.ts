/** ISR, IMR and coalescing. */
import type { Engine, NicPort } from "../nic.ts";
import { INT_ALL, type INT_RX_DONE, INT_TX_DONE } from "./registers.ts";

/** Events of one direction that wait to be raised together. */
class Pending {
  count = 0;
  readonly timer: Engine;
  constructor(timer: Engine) {
    this.timer = timer;
  }
  forget(): void {
    this.count = 0;
    this.timer.cancel();
  }
}

export class InterruptBlock {
  isr = 0;
  imr = 0;
  coalesce = 0;
  readonly #port: NicPort;
  readonly #tx: Pending;
  readonly #rx: Pending;

  constructor(port: NicPort) {
    this.#port = port;
    this.#tx = new Pending(port.engine("tx coalescing"));
    this.#rx = new Pending(port.engine("rx coalescing"));
  }

  /** Latches event bits, whatever the mask says. */
  raise(bits: number): void {
    const set = bits & ~this.isr;
    this.isr |= bits;
    if (set !== 0) this.#port.status(this.isr, this.imr, set, 0);
    this.#drive();
  }

  clear(bits: number): void {
    const cleared = this.isr & bits;
    this.isr &= ~bits;
    if (cleared !== 0) this.#port.status(this.isr, this.imr, 0, cleared);
    this.#drive();
  }

  setMask(mask: number): void {
    this.imr = mask & INT_ALL;
    this.#drive();
  }

  /** A descriptor that asked for an interrupt is done. */
  done(bit: typeof INT_TX_DONE | typeof INT_RX_DONE): void {
    const pending = bit === INT_TX_DONE ? this.#tx : this.#rx;
    const limit = bit === INT_TX_DONE ? this.coalesce & 0xff : (this.coalesce >> 8) & 0xff;
    pending.count++;
    if (limit <= 1 || pending.count >= limit) {
      pending.forget();
      this.raise(bit);
      return;
    }
    const timeNs = (this.coalesce >>> 16) * 1000;
    if (timeNs > 0 && !pending.timer.busy)
      pending.timer.after(timeNs, () => {
        pending.forget();
        this.raise(bit);
      });
  }

  forget(): void {
    this.#tx.forget();
    this.#rx.forget();
    this.coalesce = 0;
    this.imr = 0;
    this.clear(INT_ALL);
  }

  #drive(): void {
    this.#port.interrupt((this.isr & this.imr) !== 0, this.isr, this.imr);
  }
}
