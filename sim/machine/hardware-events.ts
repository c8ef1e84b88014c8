/**
 * What the hardware and the kernel's interfaces to it tell: registers, DMA, interrupt lines, the PCI bus, the cable.
 * What a device does by itself happens between two steps of the CPUs: then the stamp's CPU, task and context mean nothing,
 * and `byDevice` is true (or the type says so).
 */
import type { DeviceLike, Identified, Place } from "./events.ts";
import type { CpuId } from "./model.ts";

/** A card in its slot. */
export interface CardLike extends Identified {
  /** As lspci prints it, `0000:00:03.0`. */
  readonly name: string;
}

/** What a CPU did to memory or registers of a card. */
export interface CardSide {
  readonly place: Place | null;
  readonly cpu: CpuId;
  readonly tick: number;
}

export type DmaDirection = "bidirectional" | "to-device" | "from-device" | "none";
/** Family of functions that made a mapping: each has an unmap function of its own. */
export type DmaKind = "single" | "page" | "sg" | "coherent";

/** A live or past mapping. */
export interface DmaMappingLike extends Identified {
  readonly card: CardLike;
  /** Bus address of its first byte. */
  readonly bus: number;
  readonly size: number;
  readonly direction: DmaDirection;
  readonly kind: DmaKind;
  /** The memory behind it: the buffer of an skb (`skb.head.buffer`), of kmalloc's bytes, of a ring. */
  readonly memory: ArrayBufferLike;
  /** Where in `memory` it begins. */
  readonly offset: number;
  readonly live: boolean;
  /** True while the CPU may touch the memory (after sync_for_cpu; always for coherent mappings). */
  readonly cpuOwns: boolean;
}

/** Why nothing answers at an I/O address. */
export type UnmappedReason =
  /** nothing is decoded there, and never was */
  | "nothing"
  /** it was mapped once: iounmap has been called */
  | "unmapped"
  /** pci_disable_device has been called, or pci_enable_device not yet */
  | "disabled"
  /** the card is not in D0 */
  | "powered-down"
  /** the card has been pulled out */
  | "unplugged";

export type HardwareEvent =
  // ---- registers. `register` is the card's name for it ("" where it has none), `address` what the CPU used
  | {
      type: "mmio-read" | "mmio-write";
      card: CardLike;
      space: "memory" | "port";
      address: number;
      bar: number;
      offset: number;
      size: number;
      register: string;
      value: number;
      /** Bank of windowed registers that was selected, or -1 if the register is in no window. */
      window: number;
      /** Writes only: it is on its way and may reach the card later. */
      posted: boolean;
      /** Writes that are on their way after this access. */
      outstanding: number;
    }
  /** A posted write has reached the card: by itself in time, or pushed by a read. */
  | {
      type: "mmio-arrived";
      card: CardLike;
      register: string;
      offset: number;
      value: number;
      /** The CPU that made it. */
      sentBy: CpuId;
      by: "time" | "read" | "port" | "config";
      outstanding: number;
    }
  /** A write selected the bank of windowed registers. */
  | { type: "mmio-window"; card: CardLike; bank: number }
  | {
      type: "mmio-unmapped";
      card: CardLike | null;
      address: number;
      size: number;
      write: boolean;
      reason: UnmappedReason;
    }
  | {
      type: "io-mapped" | "io-unmapped";
      card: CardLike | null;
      address: number;
      size: number;
      found: boolean;
    }
  // ---- DMA. `fn` is the function that was called
  | {
      type: "dma-mapped";
      mapping: DmaMappingLike;
      card: CardLike;
      bus: number;
      size: number;
      direction: DmaDirection;
      kind: DmaKind;
      fn: string;
    }
  | { type: "dma-map-failed"; card: CardLike; size: number; fn: string; bus: number }
  | { type: "dma-error-checked"; bus: number; failed: boolean }
  /** `mapping` is null if no live mapping begins there; then `last` is the latest one that did. */
  | {
      type: "dma-unmapped";
      mapping: DmaMappingLike | null;
      last: DmaMappingLike | null;
      card: CardLike;
      bus: number;
      size: number;
      direction: DmaDirection;
      kind: DmaKind;
      fn: string;
    }
  | {
      type: "dma-synced";
      mapping: DmaMappingLike | null;
      card: CardLike;
      bus: number;
      size: number;
      direction: DmaDirection;
      /** Who gets the memory. */
      owner: "cpu" | "device";
      fn: string;
    }
  /** The card reaches memory. `mapping` is null at a bus error: `last` is the dead mapping that was there, if any. */
  | {
      type: "dma-access";
      mapping: DmaMappingLike | null;
      last: DmaMappingLike | null;
      card: CardLike;
      bus: number;
      size: number;
      write: boolean;
      what: string;
      error: "" | "unmapped" | "beyond" | "direction" | "not-master";
    }
  /**
   * With weak ordering. `store`: the card reads what a CPU stored (`access`), and no barrier stands between that and the
   * register write by which the card was told (`after`). `load`: a CPU loads two words of what the card has written back, and
   * no barrier stands between the load of the status (`after`) and the other (`access`).
   */
  | {
      type: "dma-unordered";
      how: "store" | "load";
      card: CardLike;
      what: string;
      access: CardSide;
      after: CardSide & { readonly register?: string };
    }
  /** A card takes a descriptor (`owner` card) or gives it back: the ring as the card sees it. */
  | {
      type: "ring-owner";
      card: CardLike;
      ring: string;
      index: number;
      bus: number;
      owner: "card" | "driver";
      error: boolean;
    }
  // ---- interrupts
  /** The card's interrupt condition changed: what it asserts, its status and mask registers. */
  | {
      type: "card-interrupt";
      card: CardLike;
      asserted: boolean;
      status: number;
      mask: number;
      irq: number;
      msi: boolean;
    }
  /** An event bit was set or cleared in the card's status register. */
  | { type: "card-status"; card: CardLike; status: number; mask: number; set: number; cleared: number }
  | { type: "shared-interrupt"; irq: number; asserted: boolean }
  // ---- the card
  | { type: "card-engine"; card: CardLike; engine: string; running: boolean }
  | { type: "card-reset" | "card-hung" | "card-unplugged"; card: CardLike }
  // ---- the PCI core
  | { type: "pci-enabled" | "pci-disabled" | "pci-master"; card: CardLike; result: number }
  | { type: "pci-power"; card: CardLike; from: number; to: number; result: number }
  | { type: "pci-state-saved" | "pci-state-restored"; card: CardLike }
  | { type: "pci-regions-requested" | "pci-regions-released"; card: CardLike; bar: number; result: number }
  | { type: "pci-drvdata"; card: CardLike; data: unknown }
  | { type: "pci-bound" | "pci-unbound"; card: CardLike; driver: string; result: number }
  | { type: "pci-driver"; driver: string; registered: boolean; result: number }
  | { type: "pci-msi"; card: CardLike; enabled: boolean; irq: number; result: number }
  | { type: "pci-suspend" | "pci-resume"; card: CardLike; result: number }
  // ---- the cable. `bytes` is the frame without FCS
  | {
      type: "wire-frame";
      card: CardLike;
      direction: "out" | "in";
      bytes: Uint8Array;
      length: number;
      delivered: boolean;
    }
  | { type: "wire-carrier"; card: CardLike; on: boolean }
  | { type: "netpoll-send"; device: DeviceLike; result: number };
