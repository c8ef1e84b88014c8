/** Memory by address, as a user writes it: bus addresses of live DMA mappings, and the window of a card's registers. */
import type { Card } from "../../sim/hardware/card.ts";
import type { DmaMapping } from "../../sim/hardware/dma.ts";
import type { RegisterInfo } from "../../sim/hardware/nic.ts";
import type { Run } from "../session/run.ts";

/** The mapping that has all of these bytes, or null. */
export function mappingAt(run: Run, address: number, size: number): DmaMapping | null {
  const mapping = run.lab.hardware.dma.find(address);
  return mapping === null || address + size > mapping.bus + mapping.size ? null : mapping;
}

/** What the card sees at a bus address; null if nothing is mapped there. */
export function bytesAt(run: Run, address: number, size: number): Uint8Array | null {
  const mapping = mappingAt(run, address, size);
  return mapping?.cardBytes.subarray(address - mapping.bus, address - mapping.bus + size) ?? null;
}

/** The register that lies at a physical address, a kernel address of ioremap, or a port. */
export function registerAt(run: Run, address: number): { card: Card; register: RegisterInfo } | null {
  const { addresses } = run.lab.hardware;
  for (const decoded of [
    addresses.memory(address, 1),
    addresses.at("memory", address),
    addresses.at("port", address),
  ])
    if ("offset" in decoded) {
      const register = decoded.card.register(decoded.offset);
      if (register !== null) return { card: decoded.card, register };
    }
  return null;
}

/** `TCTL`, or `0000:00:03.0 TCTL` where there are several cards. */
export function registerNamed(run: Run, name: string): { card: Card; register: RegisterInfo } | null {
  for (const card of run.lab.hardware.cards)
    for (const register of card.model.registers)
      if (name === register.name || name === `${card.name} ${register.name}`) return { card, register };
  return null;
}

/** The value of a register, without any effect on it; undefined while it cannot be seen. */
export function peekRegister(run: Run, cardName: string, name: string): number | undefined {
  const card = run.lab.hardware.cards.find((one) => one.name === cardName);
  const info = card?.model.registers.find((register) => register.name === name);
  if (card === undefined || info === undefined || card.gone) return undefined;
  if (info.bank !== undefined && info.bank !== (card.nic.bank?.() ?? -1)) return undefined;
  return card.nic.peek(info.offset, info.size ?? 4, 0);
}
