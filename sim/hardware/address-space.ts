/** Physical addresses: which card decodes what, and what the kernel has mapped (ioremap). */
import type { UnmappedReason } from "../machine/hardware-events.ts";
import type { Card } from "./card.ts";

/** Where BARs lie after power-on. */
export const MEMORY_BASE = 0xf0000000;
export const PORT_BASE = 0xc000;
export const MEMORY_STEP = 0x10000;
export const PORT_STEP = 0x400;
/** Kernel addresses of mapped I/O memory: physical address minus this. */
const MAP_OFFSET = 0x10000000;
const PAGE = 4096;

export interface Target {
  readonly card: Card;
  readonly bar: number;
  readonly offset: number;
}

export type Decoded = Target | { readonly card: Card | null; readonly reason: UnmappedReason };

interface Mapping {
  readonly address: number;
  readonly size: number;
  users: number;
}

export class AddressSpace {
  readonly #cards: readonly Card[];
  readonly #mappings: Mapping[] = [];

  constructor(cards: readonly Card[]) {
    this.#cards = cards;
  }

  /** ioremap: the same range has the same address each time. 0 if the range is none. */
  map(physical: number, size: number): number {
    if (!(size > 0 && size <= 0x8000000) || !(physical >= MAP_OFFSET && physical + size <= 2 ** 32)) return 0;
    const address = physical - MAP_OFFSET;
    const known = this.#mappings.find((m) => m.address === address && m.size === size);
    if (known !== undefined) known.users++;
    else this.#mappings.push({ address, size, users: 1 });
    return address;
  }

  /** iounmap; false if nothing is mapped there. */
  unmap(address: number): boolean {
    const page = address - (address % PAGE);
    const found = this.#mappings.find((m) => m.users > 0 && (m.address === address || m.address === page));
    if (found !== undefined) found.users--;
    return found !== undefined;
  }

  /** Live mappings. */
  get mapped(): readonly { readonly address: number; readonly size: number }[] {
    return this.#mappings.filter((m) => m.users > 0);
  }

  /** What a load or store at a kernel address reaches. */
  memory(address: number, size: number): Decoded {
    const covers = this.#mappings.filter((m) => address >= m.address && address + size <= m.address + m.size);
    const card = this.at("memory", address + MAP_OFFSET).card;
    if (covers.length === 0) return { card: null, reason: "nothing" };
    if (!covers.some((m) => m.users > 0)) return { card, reason: "unmapped" };
    return this.at("memory", address + MAP_OFFSET);
  }

  /** What a physical address or port reaches. */
  at(space: "memory" | "port", address: number): Decoded {
    for (const card of this.#cards) {
      for (const [bar, info] of card.model.bars.entries()) {
        if (info.space !== space) continue;
        const base = card.resources[bar]!;
        if (address < base || address >= base + info.size) continue;
        const reason = card.whyDeaf(bar);
        return reason === null ? { card, bar, offset: address - base } : { card, reason };
      }
    }
    return { card: null, reason: "nothing" };
  }
}
