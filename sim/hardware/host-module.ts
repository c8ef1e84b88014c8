/** The module `hardware` that the kernel and user space import (typed in sim/kernel/hardware.d.ts). */
import type { DmaDirection, DmaKind } from "../machine/hardware-events.ts";
import type { Card } from "./card.ts";
import type { DmaMapping } from "./dma.ts";
import { type FrameKind, parseIp, parseMac } from "./frames.ts";
import type { Platform } from "./platform.ts";
import type { PeerBehaviour } from "./wire.ts";

interface InjectRequest {
  readonly kind: FrameKind;
  readonly count: number;
  readonly size: number;
  readonly gapNs: number;
  readonly bad: "crc" | "runt" | null;
  readonly to: string | null;
  readonly fromMac: string | Uint8Array;
  readonly fromIp: string;
  readonly toIp: string;
}

/** `platform` is asked for at each call: each boot has a new one. */
export function hardwareModule(platform: () => Platform): Record<string, unknown> {
  const card = (index: number): Card => {
    const found = platform().cards[index];
    if (found === undefined) throw new Error(`there is no card ${index}`);
    return found;
  };
  return { ...bus(platform, card), ...memory(platform, card), ...cable(platform, card) };
}

type CardOf = (index: number) => Card;

function bus(platform: () => Platform, card: CardOf): Record<string, unknown> {
  return {
    connect_interrupts: (raise: (irq: number) => void, lower: (irq: number) => void) =>
      platform().connect(raise, lower),
    card_count: () => platform().cards.length,
    msi_granted: () => platform().msi,
    card_like: card,
    card_slot: (i: number) => card(i).slot,
    card_bars: (i: number) =>
      card(i).model.bars.map((bar, n) => ({
        space: bar.space,
        start: card(i).resources[n]!,
        size: bar.size,
      })),
    card_gone: (i: number) => card(i).gone,
    config_read: (i: number, where: number, size: number) => card(i).configRead(where, size),
    config_write: (i: number, where: number, size: number, value: number) =>
      card(i).configWrite(where, size, value),
    io_map: (physical: number, size: number) => platform().addresses.map(physical, size),
    io_unmap: (address: number) => platform().addresses.unmap(address),
    mmio_read: (address: number, size: number) => platform().read("memory", address, size),
    mmio_write: (address: number, size: number, value: number) =>
      platform().write("memory", address, size, value),
    mmio_order: () => platform().orderWrites(),
    port_read: (port: number, size: number) => platform().read("port", port, size),
    port_write: (port: number, size: number, value: number) => platform().write("port", port, size, value),
    card_at: (physical: number) => platform().addresses.at("memory", physical).card,
    line_drive: (irq: number, source: string, on: boolean) => platform().lines.drive(irq, source, on),
  };
}

function memory(platform: () => Platform, card: CardOf): Record<string, unknown> {
  return {
    dma_map: (i: number, bytes: Uint8Array, direction: DmaDirection, kind: DmaKind) =>
      platform().dma.map(card(i), bytes, direction, kind),
    dma_find: (address: number) => platform().dma.find(address),
    dma_latest: (address: number) => platform().dma.latest(address),
    dma_unmap: (mapping: DmaMapping) => platform().dma.unmap(mapping),
    dma_to_cpu: (mapping: DmaMapping, offset: number, size: number) => {
      mapping.cpuOwns = true;
      mapping.toCpu(offset, size);
    },
    dma_to_card: (mapping: DmaMapping, offset: number, size: number) => {
      mapping.cpuOwns = mapping.kind === "coherent";
      mapping.toCard(offset, size);
    },
  };
}

function cable(platform: () => Platform, card: CardOf): Record<string, unknown> {
  return {
    wire_inject: (i: number, request: InjectRequest) => {
      const { to, fromMac, fromIp, toIp, ...rest } = request;
      const own = card(i).nic.address?.() ?? card(i).mac;
      const toMac = to === null ? own : parseMac(to);
      const from = typeof fromMac === "string" ? parseMac(fromMac) : fromMac;
      const ips = [parseIp(fromIp), parseIp(toIp)] as const;
      if (toMac === null || from === null || ips[0] === null || ips[1] === null) return -1;
      return card(i).wire.inject({ ...rest, fromMac: from, toMac, fromIp: ips[0], toIp: ips[1] });
    },
    wire_received: (i: number) => card(i).wire.received,
    wire_carrier: (i: number, on: boolean) => card(i).wire.plug(on),
    wire_peer: (i: number, behaviour: PeerBehaviour) => {
      card(i).wire.peer = behaviour;
    },
    card_hang: (i: number) => card(i).hang(),
    card_unplug: (i: number) => card(i).unplug(),
    line_sources: (irq: number) => platform().lines.sources(irq),
  };
}
