/** A ring of descriptors: where it lies, and which part of it is the card's. */
import type { NicPort, RingView } from "../nic.ts";
import { DESC_OWN, DESC_SIZE, type Descriptor, descriptor } from "./registers.ts";

export class Ring {
  readonly name: "tx" | "rx";
  base = 0;
  count = 0;
  head = 0;
  tail = 0;
  readonly #port: NicPort;

  constructor(name: "tx" | "rx", port: NicPort) {
    this.name = name;
    this.#port = port;
  }

  forget(): void {
    this.base = 0;
    this.count = 0;
    this.head = 0;
    this.tail = 0;
  }

  setBase(base: number): void {
    this.base = base;
    this.head = 0;
    this.tail = 0;
  }

  get empty(): boolean {
    return this.count === 0 || this.head === this.tail;
  }

  /** Bus address of descriptor `i`. */
  at(i: number): number {
    return this.base + i * DESC_SIZE;
  }

  /** Reads descriptor `i`; null at a bus error. */
  fetch(i: number): Descriptor | null {
    const bytes = this.#port.dmaRead(this.at(i), DESC_SIZE, `${this.name} descriptor ${i}`);
    return bytes === null ? null : descriptor(bytes);
  }

  view(): RingView {
    const { name, base, count, head, tail } = this;
    return {
      name,
      base,
      count,
      head,
      tail,
      descriptorSize: DESC_SIZE,
      decode: (bytes) => {
        const d = descriptor(bytes);
        return {
          addr: d.addr,
          len: d.len,
          flags: d.flags,
          own: d.status >= DESC_OWN,
          status: d.status % DESC_OWN,
          received: d.reserved & 0xffff,
        };
      },
    };
  }
}

/** A descriptor that the card works on. It keeps its place: a reset forgets the ring, not the transfer under way. */
export class Slot {
  readonly index: number;
  readonly bus: number;
  readonly desc: Descriptor;

  constructor(index: number, bus: number, desc: Descriptor) {
    this.index = index;
    this.bus = bus;
    this.desc = desc;
  }

  /** Writes status and received length; the upper half of `reserved` stays. */
  writeBack(port: NicPort, what: string, status: number, length: number): boolean {
    const bytes = new Uint8Array(8);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, status, true);
    view.setUint32(4, this.desc.reserved - (this.desc.reserved % 65536) + length, true);
    return port.dmaWrite(this.bus + 8, bytes, what);
  }
}
