/** Looking at the hardware without any effect on it: for the debugger's views. Nothing here changes a run. */
import type { DmaMappingLike } from "../machine/hardware-events.ts";
import type { Card } from "./card.ts";
import type { RegisterInfo } from "./nic.ts";
import type { Platform } from "./platform.ts";

export interface RegisterView {
  readonly info: RegisterInfo;
  /** Null while its bank is not selected. */
  readonly value: number | null;
  /** Its named bits. */
  readonly bits: Readonly<Record<string, number>>;
}

export interface DescriptorView {
  readonly index: number;
  readonly bus: number;
  /** Null if no live mapping is there. */
  readonly fields: Readonly<Record<string, number | boolean>> | null;
  /** It lies between head and tail. */
  readonly offered: boolean;
}

export interface RingState {
  readonly name: string;
  readonly base: number;
  readonly head: number;
  readonly tail: number;
  readonly descriptors: readonly DescriptorView[];
}

export interface CardView {
  readonly name: string;
  readonly title: string;
  readonly gone: boolean;
  readonly powerState: number;
  readonly irq: number;
  readonly asserted: boolean;
  readonly carrier: boolean;
  readonly registers: readonly RegisterView[];
  readonly rings: readonly RingState[];
  /** Register writes under way. */
  readonly posted: readonly { readonly register: string; readonly value: number }[];
  readonly mappings: readonly DmaMappingLike[];
}

const MOST_DESCRIPTORS = 4096;

/** All cards as they are now. */
export function peek(platform: Platform): CardView[] {
  return platform.cards.map((card) => ({
    name: card.name,
    title: card.model.title,
    gone: card.gone,
    powerState: card.config.powerState,
    irq: card.config.msiVector >= 0 ? card.config.msiVector : card.irq,
    asserted: card.interrupt.on,
    carrier: card.wire.carrier,
    registers: card.model.registers.map((info) => register(card, info)),
    rings: (card.nic.rings?.() ?? []).map((ring) => ({
      name: ring.name,
      base: ring.base,
      head: ring.head,
      tail: ring.tail,
      descriptors: Array.from({ length: Math.min(ring.count, MOST_DESCRIPTORS) }, (_, index) => {
        const bus = ring.base + index * ring.descriptorSize;
        const bytes = memory(platform, bus, ring.descriptorSize);
        const offered =
          (index - ring.head + ring.count) % ring.count < (ring.tail - ring.head + ring.count) % ring.count;
        return { index, bus, fields: bytes === null ? null : ring.decode(bytes), offered };
      }),
    })),
    posted: card.posted.writes.map(({ offset, value }) => ({
      register: card.register(offset)?.name ?? `0x${offset.toString(16)}`,
      value,
    })),
    mappings: platform.dma.live.filter((mapping) => mapping.card === card),
  }));
}

function register(card: Card, info: RegisterInfo): RegisterView {
  const shown = info.bank === undefined || info.bank === (card.nic.bank?.() ?? -1);
  const value = shown && !card.gone ? card.nic.peek(info.offset, info.size ?? 4, 0) : null;
  return { info, value, bits: value === null ? {} : bitsOf(info, value) };
}

function bitsOf(info: RegisterInfo, value: number): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [name, where] of Object.entries(info.bits ?? {})) {
    const [high, low] = typeof where === "number" ? [where, where] : where;
    found[name] = Math.floor(value / 2 ** low) % 2 ** (high - low + 1);
  }
  return found;
}

/** Memory as the card sees it; null if no live mapping has it. */
function memory(platform: Platform, bus: number, size: number): Uint8Array | null {
  const mapping = platform.dma.find(bus);
  if (mapping === null || bus + size > mapping.bus + mapping.size) return null;
  return mapping.cardBytes.subarray(bus - mapping.bus, bus - mapping.bus + size);
}
