/** LabNIC: the lab's own network card. Its data sheet is docs/labnic.md; this file says what each register does. */
import type { Nic, NicModel, NicPort, RingView } from "../nic.ts";
import { crcIndex } from "./crc.ts";
import { InterruptBlock } from "./interrupt.ts";
import { Phy } from "./phy.ts";
import { Receiver } from "./receiver.ts";
import * as R from "./registers.ts";
import { Transmitter } from "./transmitter.ts";

const RESET_NS = 10_000;

class LabNic implements Nic {
  readonly #port: NicPort;
  readonly #irq: InterruptBlock;
  readonly #tx: Transmitter;
  readonly #rx: Receiver;
  readonly #phy: Phy;
  readonly #resetTimer;
  #ctrl = 0;
  #window = 0;
  readonly #mac = new Uint8Array(8);
  readonly #mc = new Uint32Array(2);
  readonly #patterns = new Uint32Array(8);
  readonly #diag = new Uint32Array(2);
  #collisions = 0;

  constructor(port: NicPort) {
    this.#port = port;
    this.#irq = new InterruptBlock(port);
    this.#tx = new Transmitter(port, this.#irq, {
      txEnabled: () => (this.#ctrl & (R.CTRL_TX_EN | R.CTRL_RESET)) === R.CTRL_TX_EN,
      send: (frame, sent) => this.#send(frame, sent),
    });
    this.#rx = new Receiver(
      port,
      this.#irq,
      () => (this.#ctrl & (R.CTRL_RX_EN | R.CTRL_RESET)) === R.CTRL_RX_EN,
    );
    this.#phy = new Phy(port.engine("mii"), () => port.carrier());
    this.#resetTimer = port.engine("reset");
    this.#mac.set(port.mac);
  }

  // ---- registers: always as whole 32-bit words ---------------------------------------------------------------

  read(offset: number, size: number): number {
    const word = this.#read(offset - (offset % 4));
    return part(word, offset % 4, size);
  }

  peek(offset: number, size: number): number {
    return part(this.#look(offset - (offset % 4)), offset % 4, size);
  }

  write(offset: number, value: number, size: number): void {
    const at = offset - (offset % 4);
    if (size === 4 && at === offset) {
      this.#write(at, value >>> 0);
      return;
    }
    const shift = 8 * (offset % 4);
    const mask = size === 4 ? 0xffffffff : ((2 ** (8 * size) - 1) << shift) >>> 0;
    // of write-1-to-clear bits the others must not be written
    const rest = at === R.ISR ? 0 : this.#look(at) & ~mask;
    this.#write(at, ((rest | ((value << shift) & mask)) >>> 0) as number);
  }

  #read(offset: number): number {
    const value = this.#look(offset);
    if (offset === R.ISR && this.#ctrl & R.CTRL_COR) this.#irq.clear(R.INT_ALL);
    if (offset >= R.WINDOW_START && offset < R.WINDOW_END && this.#window === 0) this.#clearCounter(offset);
    return value;
  }

  #look(offset: number): number {
    switch (offset) {
      case R.CTRL:
        return this.#ctrl;
      case R.STATUS:
        return (
          (this.#port.carrier() ? R.STATUS_LINK : 0) |
          (this.#tx.active ? R.STATUS_TX_ACTIVE : 0) |
          (this.#rx.active ? R.STATUS_RX_ACTIVE : 0)
        );
      case R.ISR:
        return this.#irq.isr;
      case R.IMR:
        return this.#irq.imr;
      case R.TX_BASE:
        return this.#tx.ring.base;
      case R.TX_COUNT:
        return this.#tx.ring.count;
      case R.TX_TAIL:
        return this.#tx.ring.tail;
      case R.TX_HEAD:
        return this.#tx.ring.head;
      case R.RX_BASE:
        return this.#rx.ring.base;
      case R.RX_COUNT:
        return this.#rx.ring.count;
      case R.RX_TAIL:
        return this.#rx.ring.tail;
      case R.RX_HEAD:
        return this.#rx.ring.head;
      case R.MAC_LO:
        return new DataView(this.#mac.buffer).getUint32(0, true);
      case R.MAC_HI:
        return new DataView(this.#mac.buffer).getUint32(4, true);
      case R.MC_LO:
        return this.#mc[0]!;
      case R.MC_HI:
        return this.#mc[1]!;
      case R.MII_CMD:
        return this.#phy.cmd;
      case R.MII_DATA:
        return this.#phy.data;
      case R.WINDOW:
        return this.#window;
      case R.COALESCE:
        return this.#irq.coalesce >>> 0;
      default:
        return this.#lookWindow(offset);
    }
  }

  #lookWindow(offset: number): number {
    if (offset < R.WINDOW_START || offset >= R.WINDOW_END) return 0;
    const i = (offset - R.WINDOW_START) / 4;
    if (this.#window === 1) return this.#patterns[i]!;
    if (this.#window === 2) return this.#diag[i] ?? 0;
    if (this.#window !== 0) return 0;
    const { packets, bytes } = this.#tx;
    const { missed } = this.#rx;
    return [packets, bytes, this.#rx.packets, this.#rx.bytes, missed, this.#collisions][i] ?? 0;
  }

  #clearCounter(offset: number): void {
    const i = (offset - R.WINDOW_START) / 4;
    if (i === 0) this.#tx.packets = 0;
    if (i === 1) this.#tx.bytes = 0;
    if (i === 2) this.#rx.packets = 0;
    if (i === 3) this.#rx.bytes = 0;
    if (i === 4) this.#rx.missed = 0;
    if (i === 5) this.#collisions = 0;
  }

  #write(offset: number, value: number): void {
    switch (offset) {
      case R.CTRL:
        this.#writeCtrl(value);
        return;
      case R.ISR:
        this.#irq.clear(value);
        return;
      case R.IMR:
        this.#irq.setMask(value);
        return;
      case R.TX_BASE:
        if (this.#off(R.CTRL_TX_EN)) this.#tx.ring.setBase(value);
        return;
      case R.TX_COUNT:
        if (this.#off(R.CTRL_TX_EN)) this.#tx.ring.count = value;
        return;
      case R.TX_TAIL:
        this.#doorbell(this.#tx, value);
        return;
      case R.RX_BASE:
        if (this.#off(R.CTRL_RX_EN)) this.#rx.ring.setBase(value);
        return;
      case R.RX_COUNT:
        if (this.#off(R.CTRL_RX_EN)) this.#rx.ring.count = value;
        return;
      case R.RX_TAIL:
        this.#doorbell(this.#rx, value);
        return;
      case R.MAC_LO:
      case R.MAC_HI:
        if (this.#off(R.CTRL_RX_EN))
          new DataView(this.#mac.buffer).setUint32(
            offset - R.MAC_LO,
            offset === R.MAC_HI ? value & 0xffff : value,
            true,
          );
        return;
      case R.MC_LO:
      case R.MC_HI:
        this.#mc[(offset - R.MC_LO) / 4] = value;
        return;
      case R.MII_CMD:
        this.#phy.command(value);
        return;
      case R.MII_DATA:
        this.#phy.data = value & 0xffff;
        return;
      case R.WINDOW:
        this.#window = value & 3;
        this.#port.selected(this.#window);
        return;
      case R.COALESCE:
        this.#irq.coalesce = value;
        return;
      default:
        this.#writeWindow(offset, value);
    }
  }

  #writeWindow(offset: number, value: number): void {
    if (offset < R.WINDOW_START || offset >= R.WINDOW_END) return;
    const i = (offset - R.WINDOW_START) / 4;
    if (this.#window === 1) this.#patterns[i] = value;
    if (this.#window === 2 && i < 2) this.#diag[i] = value;
  }

  /** Rings and addresses may only be changed while the engine is off. */
  #off(enable: number): boolean {
    if ((this.#ctrl & enable) === 0) return true;
    this.#irq.raise(R.INT_TX_ERROR);
    return false;
  }

  #doorbell(engine: Transmitter | Receiver, index: number): void {
    if (index >= engine.ring.count) {
      this.#irq.raise(R.INT_TX_ERROR);
      return;
    }
    engine.ring.tail = index;
    this.#tx.kick();
  }

  #writeCtrl(value: number): void {
    if (value & R.CTRL_RESET) {
      this.#reset();
      return;
    }
    const resetting = this.#ctrl & R.CTRL_RESET;
    const wasReceiving = this.#ctrl & R.CTRL_RX_EN;
    this.#ctrl = (value & R.CTRL_ALL & ~R.CTRL_RESET) | resetting;
    if (wasReceiving && (this.#ctrl & R.CTRL_RX_EN) === 0) this.#rx.disable();
    this.#tx.kick();
  }

  #reset(): void {
    this.#ctrl = R.CTRL_RESET;
    this.#forget();
    this.#port.wasReset();
    this.#resetTimer.after(RESET_NS, () => {
      this.#ctrl &= ~R.CTRL_RESET;
      this.#tx.kick();
    });
  }

  /** Registers are zero, all but the station address. */
  #forget(): void {
    this.#tx.reset();
    this.#rx.reset();
    this.#irq.forget();
    this.#phy.forgetCommand();
    this.#mc.fill(0);
    this.#window = 0;
    this.#patterns.fill(0);
    this.#diag.fill(0);
    for (let i = 0; i < 6; i++) this.#clearCounter(R.WINDOW_START + 4 * i);
  }

  // ---- frames ------------------------------------------------------------------------------------------------

  #send(frame: Uint8Array, sent: () => void): void {
    if ((this.#ctrl & R.CTRL_LOOPBACK) === 0) {
      this.#port.transmit(frame, sent);
      return;
    }
    sent();
    this.receive(frame.length < 60 ? padded(frame) : frame, null);
  }

  receive(frame: Uint8Array, bad: "crc" | "runt" | null): void {
    if (bad !== null || !this.#wants(frame)) return;
    this.#rx.take(frame);
  }

  /** The address filter. */
  #wants(frame: Uint8Array): boolean {
    if (this.#ctrl & R.CTRL_PROMISC) return true;
    const to = frame.subarray(0, 6);
    if (to.every((byte) => byte === 0xff)) return true;
    if ((to[0]! & 1) === 0) return to.every((byte, i) => byte === this.#mac[i]);
    if (this.#ctrl & R.CTRL_ALLMULTI) return true;
    const bit = crcIndex(to);
    return ((this.#mc[bit >> 5]! >>> (bit & 31)) & 1) === 1;
  }

  carrier(): void {
    this.#phy.linkChanged();
    this.#irq.raise(R.INT_LINK_CHANGE);
  }

  // ---- from outside ------------------------------------------------------------------------------------------

  powerUp(): void {
    this.#ctrl = 0;
    this.#forget();
    this.#phy.powerUp();
    this.#mac.fill(0);
    this.#mac.set(this.#port.mac);
  }

  powerDown(): void {
    this.#resetTimer.cancel();
    this.#tx.halt();
    this.#rx.halt();
    this.#ctrl = 0;
    this.#forget();
  }

  hang(): void {
    this.#tx.hang();
    this.#rx.hang();
  }

  address(): Uint8Array {
    return this.#mac.slice(0, 6);
  }

  bank(): number {
    return this.#window;
  }

  rings(): readonly RingView[] {
    return [this.#tx.ring.view(), this.#rx.ring.view()];
  }
}

function part(word: number, byte: number, size: number): number {
  if (size === 4) return word >>> 0;
  return ((word >>> (8 * byte)) & (2 ** (8 * size) - 1)) >>> 0;
}

function padded(frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(60);
  bytes.set(frame);
  return bytes;
}

export const labnic: NicModel = {
  name: "labnic",
  title: "LabNIC Fast Ethernet",
  vendor: 0x4c41,
  device: 0x424e,
  bars: [
    { space: "memory", size: 4096 },
    { space: "port", size: 256 },
  ],
  registers: R.REGISTERS,
  msi: true,
  create: (port) => new LabNic(port),
};
