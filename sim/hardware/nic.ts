/**
 * What a network card is: one file that declares its registers and says what happens when they are read and written. The
 * card reaches memory, its interrupt line and its cable through a {@link NicPort}; it works by {@link Engine}s, whose steps
 * are decisions of the schedule. `sim/hardware/labnic/labnic.ts` is the example; docs/hardware.md tells how to write one.
 */

/** A register as the data sheet has it. */
export interface RegisterInfo {
  readonly name: string;
  readonly offset: number;
  /** Bytes; 4 unless given. */
  readonly size?: number;
  /** Shown at its offset only while this bank is selected. */
  readonly bank?: number;
  /** Reading or writing it has an effect: tools look by `peek`. */
  readonly access?: "rw" | "ro" | "wo" | "w1c" | "clear-on-read";
  /** Names of its bits: a number, or `[high, low]`. */
  readonly bits?: Readonly<Record<string, number | readonly [high: number, low: number]>>;
}

export interface BarInfo {
  readonly space: "memory" | "port";
  /** Bytes: a power of two. */
  readonly size: number;
}

/** A model of a card. */
export interface NicModel {
  /** Short name: `labnic`. */
  readonly name: string;
  readonly title: string;
  readonly vendor: number;
  readonly device: number;
  readonly subvendor?: number;
  readonly subdevice?: number;
  readonly revision?: number;
  readonly bars: readonly BarInfo[];
  readonly registers: readonly RegisterInfo[];
  /** Can it interrupt by messages? */
  readonly msi?: boolean;
  /** One card of this kind, as it is after power-on. */
  create(port: NicPort): Nic;
}

/** A card. Offsets count from the start of the BAR; `size` is 1, 2 or 4. */
export interface Nic {
  read(offset: number, size: number, bar: number): number;
  write(offset: number, value: number, size: number, bar: number): void;
  /** What `read` would give, without any effect. */
  peek(offset: number, size: number, bar: number): number;
  /** Power comes back: everything is as it was at power-on. */
  powerUp(): void;
  /** Power goes (D3, or the card is pulled out): nothing works any more. */
  powerDown(): void;
  /** A frame without FCS has come in by the cable. */
  receive?(frame: Uint8Array, bad: "crc" | "runt" | null): void;
  /** The cable has been plugged in or out. */
  carrier?(on: boolean): void;
  /** The card gets stuck: it moves no frame until it is reset. */
  hang?(): void;
  /** Station address in use. */
  address?(): Uint8Array;
  /** Bank that windowed registers show, or -1. */
  bank?(): number;
  /** For the debugger. */
  rings?(): readonly RingView[];
}

/** A ring of descriptors, as the card sees it. */
export interface RingView {
  readonly name: string;
  readonly base: number;
  readonly count: number;
  readonly head: number;
  readonly tail: number;
  readonly descriptorSize: number;
  /** Fields of a descriptor, from its bytes. */
  decode(bytes: Uint8Array): Readonly<Record<string, number | boolean>>;
}

/** Something in the card that acts by itself. It has one next step at most. */
export interface Engine {
  /** From `ns` from now on the schedule may let `step` happen. An earlier step is forgotten. */
  after(ns: number, step: () => void): void;
  cancel(): void;
  readonly busy: boolean;
}

/** What the slot offers a card. */
export interface NicPort {
  /** 0 for the first card. */
  readonly index: number;
  /** Burnt-in address. */
  readonly mac: Uint8Array;
  nowNs(): number;
  engine(name: string): Engine;
  /** Reads memory by bus address; null is a bus error. `what` says it in words: "tx descriptor 3". */
  dmaRead(bus: number, size: number, what: string): Uint8Array | null;
  /** Writes memory; false is a bus error. */
  dmaWrite(bus: number, bytes: Uint8Array, what: string): boolean;
  /** The interrupt condition, with the registers that make it up: the slot drives the line, or sends a message at each change to true. */
  interrupt(on: boolean, status: number, mask: number): void;
  /** Sends a frame; `sent` is called when its last bit is on the cable. */
  transmit(frame: Uint8Array, sent: () => void): void;
  /** A cable is plugged in. */
  carrier(): boolean;
  // what rules and views want to know
  /** Event bits that were set or cleared. */
  status(status: number, mask: number, set: number, cleared: number): void;
  ringOwner(ring: string, index: number, bus: number, owner: "card" | "driver", error: boolean): void;
  running(engine: string, running: boolean): void;
  wasReset(): void;
  selected(bank: number): void;
}
