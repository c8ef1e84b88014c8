/** A card in its slot: configuration, power, registers, and the slot's side of {@link NicPort}. */
import type { CardLike, HardwareEvent, UnmappedReason } from "../machine/hardware-events.ts";
import { MEMORY_BASE, MEMORY_STEP, PORT_BASE, PORT_STEP } from "./address-space.ts";
import {
  allOnes,
  COMMAND_INTX_DISABLE,
  COMMAND_IO,
  COMMAND_MASTER,
  COMMAND_MEMORY,
  ConfigSpace,
} from "./config-space.ts";
import type { DmaMap } from "./dma.ts";
import type { InterruptLines } from "./interrupt-lines.ts";
import type { Engine, Nic, NicModel, NicPort, RegisterInfo } from "./nic.ts";
import { type PostedWrite, PostedWrites, type Push } from "./posted-writes.ts";
import { Wire } from "./wire.ts";

const FIRST_SLOT = 3;
/** The line of slot 3, and of the one beside it. */
export const PCI_IRQ = 11;
const D3 = 3;

/** What a card needs of the machine it is built into. */
export interface Backplane {
  nowNs(): number;
  engine(name: string): Engine;
  emit(event: HardwareEvent): void;
  /** `look` sees memory as devices do. */
  asDevice<T>(look: () => T): T;
  /** With weak ordering: which of `n` posted writes arrives next. */
  readonly choosePosted: ((n: number) => number) | null;
  readonly dma: DmaMap;
  readonly lines: InterruptLines;
}

export class Card implements CardLike {
  readonly id: number;
  readonly index: number;
  readonly slot: number;
  readonly name: string;
  readonly model: NicModel;
  readonly irq = PCI_IRQ;
  /** Address of each BAR after power-on; the kernel never moves them. */
  readonly resources: readonly number[];
  readonly config: ConfigSpace;
  readonly posted: PostedWrites;
  readonly wire: Wire;
  readonly mac: Uint8Array;
  readonly nic: Nic;
  /** Pulled out. */
  gone = false;
  readonly #plane: Backplane;
  /** The interrupt condition holds. */
  #wants = false;
  #status = 0;
  #mask = 0;

  constructor(index: number, model: NicModel, plane: Backplane) {
    this.id = index + 1;
    this.index = index;
    this.slot = FIRST_SLOT + index;
    this.name = `0000:00:${this.slot.toString(16).padStart(2, "0")}.0`;
    this.model = model;
    this.#plane = plane;
    this.mac = Uint8Array.of(0x02, 0x4c, 0x41, 0, 0, index);
    this.resources = model.bars.map((bar, i) =>
      bar.space === "memory"
        ? MEMORY_BASE + index * 8 * MEMORY_STEP + i * MEMORY_STEP
        : PORT_BASE + index * 6 * PORT_STEP + i * PORT_STEP,
    );
    this.config = new ConfigSpace(model, this.resources, this.irq);
    const engine = (name: string): Engine => plane.engine(`${model.name}${index} ${name}`);
    this.posted = new PostedWrites(
      engine("posted writes"),
      (write, by, left) => this.#arrive(write, by, left),
      plane.choosePosted,
    );
    this.wire = new Wire(
      {
        received: (frame, bad) => {
          if (this.powered) this.nic.receive?.(frame, bad);
        },
        carrierChanged: (on) => {
          plane.emit({ type: "wire-carrier", card: this, on });
          if (this.powered) this.nic.carrier?.(on);
        },
        frame: (direction, bytes, delivered) =>
          plane.emit({ type: "wire-frame", card: this, direction, bytes, length: bytes.length, delivered }),
      },
      engine,
      () => plane.nowNs(),
    );
    this.nic = model.create(this.#port(engine));
  }

  // ---- registers ---------------------------------------------------------------------------------------------

  get powered(): boolean {
    return !this.gone && this.config.powerState !== D3;
  }

  /** Why the card does not answer at a BAR; null if it does. */
  whyDeaf(bar: number): UnmappedReason | null {
    if (this.gone) return "unplugged";
    if (this.config.powerState !== 0) return "powered-down";
    const decodes = this.model.bars[bar]!.space === "memory" ? COMMAND_MEMORY : COMMAND_IO;
    if ((this.config.command & decodes) === 0) return "disabled";
    return this.config.bar(bar) === this.resources[bar] ? null : "disabled";
  }

  register(offset: number): RegisterInfo | null {
    const bank = this.nic.bank?.() ?? -1;
    let found: RegisterInfo | null = null;
    for (const r of this.model.registers) {
      if (offset < r.offset || offset >= r.offset + (r.size ?? 4)) continue;
      if (r.bank === undefined || r.bank === bank) return r;
      found ??= r;
    }
    return found?.bank === undefined ? found : null;
  }

  read(bar: number, offset: number, size: number): number {
    return this.nic.read(offset, size, bar) % 2 ** (8 * size);
  }

  write(bar: number, offset: number, size: number, value: number): void {
    this.nic.write(offset, value, size, bar);
  }

  #arrive(write: PostedWrite, by: Push, outstanding: number): void {
    const { bar, offset, size, value, cpu: sentBy } = write;
    const register = this.register(offset)?.name ?? "";
    if (this.whyDeaf(bar) === null) this.write(bar, offset, size, value);
    this.#plane.emit({ type: "mmio-arrived", card: this, register, offset, value, sentBy, by, outstanding });
  }

  // ---- configuration and power -------------------------------------------------------------------------------

  configRead(where: number, size: number): number {
    if (this.gone) return allOnes(size);
    this.posted.flush("config");
    return this.config.read(where, size);
  }

  configWrite(where: number, size: number, value: number): void {
    if (this.gone) return;
    this.posted.flush("config");
    const before = this.config.powerState;
    this.config.write(where, size, value);
    const after = this.config.powerState;
    if (before !== D3 && after === D3) this.#powerDown();
    if (before === D3 && after !== D3) this.nic.powerUp();
    this.#drive();
  }

  #powerDown(): void {
    this.posted.drop();
    this.wire.abort();
    this.nic.powerDown();
    this.config.forget();
  }

  unplug(): void {
    if (this.gone) return;
    this.posted.drop();
    this.wire.abort();
    this.nic.powerDown();
    this.gone = true;
    this.#drive();
    this.#plane.emit({ type: "card-unplugged", card: this });
  }

  hang(): void {
    this.#plane.emit({ type: "card-hung", card: this });
    this.nic.hang?.();
  }

  // ---- interrupts --------------------------------------------------------------------------------------------

  #interrupt(on: boolean, status: number, mask: number): void {
    const changed = on !== this.#wants;
    this.#wants = on;
    this.#status = status;
    this.#mask = mask;
    const vector = this.config.msiVector;
    if (changed) {
      const event = { card: this, asserted: on, status, mask, msi: vector >= 0 };
      this.#plane.emit({ type: "card-interrupt", ...event, irq: vector >= 0 ? vector : this.irq });
    }
    if (changed && on && vector >= 0 && this.powered) this.#plane.lines.message(vector);
    this.#drive();
  }

  /** The level line follows the condition, where it is used. */
  #drive(): void {
    const usesLine = this.config.msiVector < 0 && (this.config.command & COMMAND_INTX_DISABLE) === 0;
    this.#plane.lines.drive(this.irq, this.name, this.#wants && usesLine && this.powered);
  }

  /** What the card asserts, for views. */
  get interrupt(): { readonly on: boolean; readonly status: number; readonly mask: number } {
    return { on: this.#wants, status: this.#status, mask: this.#mask };
  }

  // ---- the card's side ---------------------------------------------------------------------------------------

  #dma(bus: number, size: number, write: boolean, what: string): Uint8Array | null {
    const { dma } = this.#plane;
    const mapping = dma.find(bus);
    const master = (this.config.command & COMMAND_MASTER) !== 0;
    const error = master ? (dma.check(this, bus, size, write) ?? "") : "not-master";
    this.#plane.emit({
      type: "dma-access",
      mapping,
      last: mapping ?? dma.latest(bus),
      card: this,
      bus,
      size,
      write,
      what,
      error,
    });
    if (error !== "" || mapping === null) return null;
    return mapping.cardBytes.subarray(bus - mapping.bus, bus - mapping.bus + size);
  }

  #port(engine: (name: string) => Engine): NicPort {
    const { emit, nowNs, asDevice } = this.#plane;
    return {
      index: this.index,
      mac: this.mac,
      nowNs,
      engine,
      dmaRead: (bus, size, what) => {
        const memory = this.#dma(bus, size, false, what);
        return memory === null ? null : asDevice(() => memory.slice());
      },
      dmaWrite: (bus, bytes, what) => {
        const memory = this.#dma(bus, bytes.length, true, what);
        if (memory !== null) asDevice(() => memory.set(bytes));
        return memory !== null;
      },
      interrupt: (on, status, mask) => this.#interrupt(on, status, mask),
      transmit: (frame, sent) => this.wire.transmit(frame, sent),
      carrier: () => this.wire.carrier,
      status: (status, mask, set, cleared) =>
        emit({ type: "card-status", card: this, status, mask, set, cleared }),
      ringOwner: (ring, index, bus, owner, error) =>
        emit({ type: "ring-owner", card: this, ring, index, bus, owner, error }),
      running: (name, running) => emit({ type: "card-engine", card: this, engine: name, running }),
      wasReset: () => emit({ type: "card-reset", card: this }),
      selected: (bank) => emit({ type: "mmio-window", card: this, bank }),
    };
  }
}
