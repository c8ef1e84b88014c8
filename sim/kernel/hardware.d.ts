/**
 * What the kernel and user space may ask of the hardware: the module `hardware`. Cards are named by their number, slots
 * from 00:03.0 on. None of these functions switches.
 */
declare module "hardware" {
  type CardLike = import("../machine/hardware-events.ts").CardLike;
  type DmaDirection = import("../machine/hardware-events.ts").DmaDirection;
  type DmaKind = import("../machine/hardware-events.ts").DmaKind;
  type DmaMappingLike = import("../machine/hardware-events.ts").DmaMappingLike;

  /** Connects the interrupt controller: `raise` and `lower` are called between two steps of the CPUs. */
  export function connect_interrupts(raise: (irq: number) => void, lower: (irq: number) => void): void;
  /** A device that is no card pulls a level line. */
  export function line_drive(irq: number, source: string, on: boolean): void;

  export function card_count(): number;
  export function msi_granted(): boolean;
  /** The card as events name it. */
  export function card_like(card: number): CardLike;
  export function card_slot(card: number): number;
  export function card_bars(
    card: number,
  ): readonly { readonly space: "memory" | "port"; readonly start: number; readonly size: number }[];
  export function card_gone(card: number): boolean;
  export function config_read(card: number, where: number, size: number): number;
  export function config_write(card: number, where: number, size: number, value: number): void;

  /** Kernel address of physical I/O memory; 0 if the range is none. */
  export function io_map(physical: number, size: number): number;
  export function io_unmap(address: number): boolean;
  /** The card that decodes a physical address. */
  export function card_at(physical: number): CardLike | null;
  export function mmio_read(address: number, size: number): number;
  export function mmio_write(address: number, size: number, value: number): void;
  /** What this CPU has written so far reaches a card before what any CPU writes from now on. */
  export function mmio_order(): void;
  export function port_read(port: number, size: number): number;
  export function port_write(port: number, size: number, value: number): void;

  export function dma_map(
    card: number,
    bytes: Uint8Array,
    direction: DmaDirection,
    kind: DmaKind,
  ): DmaMappingLike;
  /** The live mapping that contains a bus address. */
  export function dma_find(address: number): DmaMappingLike | null;
  /** The latest mapping that contained it, dead or alive. */
  export function dma_latest(address: number): DmaMappingLike | null;
  export function dma_unmap(mapping: DmaMappingLike): void;
  export function dma_to_cpu(mapping: DmaMappingLike, offset: number, size: number): void;
  export function dma_to_card(mapping: DmaMappingLike, offset: number, size: number): void;

  /** @returns when the last frame has been sent (virtual time), or -1 if an address is none */
  export function wire_inject(
    card: number,
    request: {
      readonly kind: "udp" | "ping" | "arp" | "raw";
      readonly count: number;
      readonly size: number;
      readonly gapNs: number;
      readonly bad: "crc" | "runt" | null;
      readonly to: string | null;
      readonly fromMac: string | Uint8Array;
      readonly fromIp: string;
      readonly toIp: string;
    },
  ): number;
  export function wire_received(card: number): number;
  export function wire_carrier(card: number, on: boolean): void;
  export function wire_peer(card: number, behaviour: "echo" | "sink" | "discard"): void;
  export function card_hang(card: number): void;
  export function card_unplug(card: number): void;
}
