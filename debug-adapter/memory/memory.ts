/**
 * Memory by reference: bytes of a variable (`v12`, the number of its line in the variables' tree), of a DMA mapping (a bus
 * address), of a card's registers (a physical address or what ioremap gave). Looking never has an effect.
 */

import type { Card } from "../../sim/hardware/card.ts";
import { UserError } from "../errors.ts";
import type { Run } from "../session/run.ts";
import type { Session } from "../session/session.ts";
import { containerAtPath } from "../variables/treePath.ts";

export interface Memory {
  /** Address of its first byte, as clients show it. */
  readonly address: number;
  readonly size: number;
  /** Bytes from `offset`; fewer where memory ends. */
  read(offset: number, count: number): Uint8Array;
  /** Absent: it cannot be written by the debugger. */
  write?(offset: number, bytes: Uint8Array): number;
}

export function referenceOfVariable(id: number): string {
  return `v${id}`;
}

export function referenceOfAddress(address: number): string {
  return `0x${address.toString(16)}`;
}

/** The memory in the run that the user looks at. Throws a UserError if there is none. */
export function memoryAt(session: Session, reference: string): Memory {
  const found = finder(session, reference)(session.live);
  if (found === null)
    throw new UserError(
      `there is no memory at ${reference}: addresses are those of live DMA mappings and of registers`,
    );
  return found;
}

/** How the same memory is found in any run that stands at the same moment. */
export function finder(session: Session, reference: string): (run: Run) => Memory | null {
  const id = /^v(\d+)$/.exec(reference);
  if (id !== null) {
    const number = Number(id[1]);
    const path = session.tree.path(number);
    return (run) => {
      const here = run === session.live ? session.tree.get(number) : containerAtPath(run, path);
      return ArrayBuffer.isView(here?.object) ? ofView(here.object) : null;
    };
  }
  const address = Number(reference);
  if (!Number.isSafeInteger(address) || reference.trim() === "")
    throw new UserError(`${reference} is no reference to memory`);
  return (run) => ofMapping(run, address) ?? ofRegisters(run, address);
}

function ofView(view: ArrayBufferView): Memory {
  return ofBytes(0, new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
}

function ofBytes(address: number, bytes: Uint8Array): Memory {
  return {
    address,
    size: bytes.length,
    read: (offset, count) => bytes.slice(offset, offset + count),
    write(offset, data) {
      const fits = data.subarray(0, Math.max(0, bytes.length - offset));
      bytes.set(fits, offset);
      return fits.length;
    },
  };
}

function ofMapping(run: Run, address: number): Memory | null {
  const mapping = run.lab.hardware.dma.find(address);
  return mapping === null ? null : ofBytes(address, mapping.cardBytes.subarray(address - mapping.bus));
}

function ofRegisters(run: Run, address: number): Memory | null {
  const { addresses, cards } = run.lab.hardware;
  for (const decoded of [
    addresses.memory(address, 1),
    addresses.at("memory", address),
    addresses.at("port", address),
  ]) {
    if (!("offset" in decoded)) continue;
    const card = cards.find((one) => one.name === decoded.card.name)!;
    const window = peekWindow(card, decoded.bar).subarray(decoded.offset);
    return { address, size: window.length, read: (offset, count) => window.slice(offset, offset + count) };
  }
  return null;
}

/** All registers of a BAR as bytes, little endian. */
function peekWindow(card: Card, bar: number): Uint8Array {
  const bytes = new Uint8Array(card.model.bars[bar]?.size ?? 0);
  const bank = card.nic.bank?.() ?? -1;
  for (const register of card.model.registers) {
    if (register.bank !== undefined && register.bank !== bank) continue;
    const size = register.size ?? 4;
    const value = card.nic.peek(register.offset, size, bar);
    for (let i = 0; i < size && register.offset + i < bytes.length; i++)
      bytes[register.offset + i] = Math.floor(value / 256 ** i) % 256;
  }
  return bytes;
}
