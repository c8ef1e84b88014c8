/**
 * Bus addresses. A card reaches memory only through live mappings. A streaming mapping is bounced: the card sees a copy
 * that is made when the memory is handed over and copied back when the CPU takes it, so what is forgotten shows.
 */
import type { DmaDirection, DmaKind, DmaMappingLike } from "../machine/hardware-events.ts";
import type { Card } from "./card.ts";

/** Bus addresses lie in these bounds: a card with a 30-bit DMA mask reaches all of them. 0 is none. */
const FIRST = 0x01000000;
const END = 0x40000000;
const PAGE = 4096;

export class DmaMapping implements DmaMappingLike {
  readonly id: number;
  readonly card: Card;
  readonly bus: number;
  readonly size: number;
  readonly direction: DmaDirection;
  readonly kind: DmaKind;
  readonly memory: ArrayBufferLike;
  readonly offset: number;
  live = true;
  cpuOwns: boolean;
  /** The memory as the CPU sees it. */
  readonly cpuBytes: Uint8Array;
  /** The memory as the card sees it. */
  readonly cardBytes: Uint8Array;

  constructor(
    id: number,
    card: Card,
    bus: number,
    bytes: Uint8Array,
    direction: DmaDirection,
    kind: DmaKind,
  ) {
    this.id = id;
    this.card = card;
    this.bus = bus;
    this.size = bytes.length;
    this.direction = direction;
    this.kind = kind;
    this.memory = bytes.buffer;
    this.offset = bytes.byteOffset;
    this.cpuBytes = bytes;
    this.cardBytes = kind === "coherent" ? bytes : bytes.slice();
    this.cpuOwns = kind === "coherent";
  }

  get #fromCard(): boolean {
    return this.direction === "from-device" || this.direction === "bidirectional";
  }

  get #toCard(): boolean {
    return this.direction === "to-device" || this.direction === "bidirectional";
  }

  /** The CPU takes `size` bytes at `offset` back. */
  toCpu(offset = 0, size: number = this.size): void {
    if (this.kind === "coherent") return;
    if (this.#fromCard) this.cpuBytes.set(this.cardBytes.subarray(offset, offset + size), offset);
  }

  /** The card gets `size` bytes at `offset`. */
  toCard(offset = 0, size: number = this.size): void {
    if (this.kind === "coherent") return;
    if (this.#toCard) this.cardBytes.set(this.cpuBytes.subarray(offset, offset + size), offset);
  }
}

export type DmaError = "unmapped" | "beyond" | "direction";

export class DmaMap {
  readonly #live = new Map<number, DmaMapping[]>();
  /** The latest mapping that began in a page, dead or alive. */
  readonly #latest = new Map<number, DmaMapping>();
  #next = FIRST;
  #count = 0;

  /** Maps bytes for a card. Every mapping has pages of its own. */
  map(card: Card, bytes: Uint8Array, direction: DmaDirection, kind: DmaKind): DmaMapping {
    const bus = this.#place(bytes);
    const mapping = new DmaMapping(++this.#count, card, bus, bytes, direction, kind);
    for (const page of pagesOf(mapping)) {
      const list = this.#live.get(page) ?? [];
      list.push(mapping);
      this.#live.set(page, list);
      this.#latest.set(page, mapping);
    }
    return mapping;
  }

  unmap(mapping: DmaMapping): void {
    mapping.toCpu();
    mapping.live = false;
    mapping.cpuOwns = true;
    for (const page of pagesOf(mapping)) {
      const left = this.#live.get(page)!.filter((m) => m !== mapping);
      if (left.length === 0) this.#live.delete(page);
      else this.#live.set(page, left);
    }
  }

  /** The live mapping that contains a bus address. */
  find(bus: number): DmaMapping | null {
    const list = this.#live.get(Math.floor(bus / PAGE)) ?? [];
    return list.find((m) => bus >= m.bus && bus < m.bus + Math.max(1, m.size)) ?? null;
  }

  /** The latest mapping that contained a bus address, dead or alive. */
  latest(bus: number): DmaMapping | null {
    const m = this.#latest.get(Math.floor(bus / PAGE));
    return m !== undefined && bus >= m.bus && bus < m.bus + Math.max(1, m.size) ? m : null;
  }

  get live(): readonly DmaMapping[] {
    return [...new Set([...this.#live.values()].flat())].sort((a, b) => a.id - b.id);
  }

  /** Why a card cannot reach these bytes, or null. */
  check(card: Card, bus: number, size: number, write: boolean): DmaError | null {
    const mapping = this.find(bus);
    if (mapping === null || mapping.card !== card) return "unmapped";
    if (bus + size > mapping.bus + mapping.size) return "beyond";
    if (write ? mapping.direction === "to-device" : mapping.direction === "from-device") return "direction";
    return null;
  }

  /** A bus address with room for the bytes, at the same place in its page as the memory itself. */
  #place(bytes: Uint8Array): number {
    const inPage = bytes.byteOffset % PAGE;
    const pages = Math.ceil((inPage + Math.max(1, bytes.length)) / PAGE);
    let skipped = 0;
    while (skipped <= 2 * ((END - FIRST) / PAGE)) {
      if (this.#next + pages * PAGE > END) this.#next = FIRST;
      const first = this.#next / PAGE;
      let used = -1;
      for (let i = 0; i < pages; i++) if (this.#live.has(first + i)) used = i;
      this.#next += (used < 0 ? pages : used + 1) * PAGE;
      if (used < 0) return first * PAGE + inPage;
      skipped += used + 1;
    }
    throw new Error("all bus addresses are in use: the driver never unmaps");
  }
}

function pagesOf(mapping: DmaMapping): number[] {
  const first = Math.floor(mapping.bus / PAGE);
  const last = Math.floor((mapping.bus + Math.max(1, mapping.size) - 1) / PAGE);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
