/** LabNIC's data sheet: registers and descriptor. */
import type { RegisterInfo } from "../nic.ts";

export const CTRL = 0x00;
export const STATUS = 0x04;
export const ISR = 0x08;
export const IMR = 0x0c;
export const TX_BASE = 0x10;
export const TX_COUNT = 0x14;
export const TX_TAIL = 0x18;
export const TX_HEAD = 0x1c;
export const RX_BASE = 0x20;
export const RX_COUNT = 0x24;
export const RX_TAIL = 0x28;
export const RX_HEAD = 0x2c;
export const MAC_LO = 0x30;
export const MAC_HI = 0x34;
export const MC_LO = 0x38;
export const MC_HI = 0x3c;
export const MII_CMD = 0x40;
export const MII_DATA = 0x44;
export const WINDOW = 0x48;
export const COALESCE = 0x4c;
/** The window: what it shows depends on WINDOW. */
export const WINDOW_START = 0x80;
export const WINDOW_END = 0xa0;

export const CTRL_RESET = 1;
export const CTRL_TX_EN = 2;
export const CTRL_RX_EN = 4;
export const CTRL_PROMISC = 8;
export const CTRL_ALLMULTI = 0x10;
export const CTRL_LOOPBACK = 0x20;
export const CTRL_COR = 0x40;
export const CTRL_ALL = 0x7f;

export const STATUS_LINK = 1;
export const STATUS_TX_ACTIVE = 2;
export const STATUS_RX_ACTIVE = 4;

export const INT_TX_DONE = 1;
export const INT_RX_DONE = 2;
export const INT_LINK_CHANGE = 4;
export const INT_RX_OVERFLOW = 8;
export const INT_TX_ERROR = 0x10;
export const INT_ALL = 0x1f;

export const DESC_SIZE = 16;
export const FLAG_EOP = 1;
export const FLAG_IRQ = 2;
export const DESC_OWN = 0x80000000;
export const DESC_DONE = 1;
export const DESC_ERROR = 2;

const INT_BITS = { TX_DONE: 0, RX_DONE: 1, LINK_CHANGE: 2, RX_OVERFLOW: 3, TX_ERROR: 4 } as const;
const COUNTERS = ["TX_PACKETS", "TX_BYTES", "RX_PACKETS", "RX_BYTES", "RX_MISSED", "COLLISIONS"] as const;

export const REGISTERS: readonly RegisterInfo[] = [
  {
    name: "CTRL",
    offset: CTRL,
    bits: { RESET: 0, TX_EN: 1, RX_EN: 2, PROMISC: 3, ALLMULTI: 4, LOOPBACK: 5, COR: 6 },
  },
  { name: "STATUS", offset: STATUS, access: "ro", bits: { LINK: 0, TX_ACTIVE: 1, RX_ACTIVE: 2 } },
  { name: "ISR", offset: ISR, access: "w1c", bits: INT_BITS },
  { name: "IMR", offset: IMR, bits: INT_BITS },
  { name: "TX_BASE", offset: TX_BASE },
  { name: "TX_COUNT", offset: TX_COUNT },
  { name: "TX_TAIL", offset: TX_TAIL },
  { name: "TX_HEAD", offset: TX_HEAD, access: "ro" },
  { name: "RX_BASE", offset: RX_BASE },
  { name: "RX_COUNT", offset: RX_COUNT },
  { name: "RX_TAIL", offset: RX_TAIL },
  { name: "RX_HEAD", offset: RX_HEAD, access: "ro" },
  { name: "MAC_LO", offset: MAC_LO },
  { name: "MAC_HI", offset: MAC_HI },
  { name: "MC_LO", offset: MC_LO },
  { name: "MC_HI", offset: MC_HI },
  { name: "MII_CMD", offset: MII_CMD, bits: { REGISTER: [4, 0], PHY: [9, 5], WRITE: 30, BUSY: 31 } },
  { name: "MII_DATA", offset: MII_DATA },
  { name: "WINDOW", offset: WINDOW },
  {
    name: "COALESCE",
    offset: COALESCE,
    bits: { TX_COUNT: [7, 0], RX_COUNT: [15, 8], TIME_US: [31, 16] },
  },
  ...COUNTERS.map(
    (name, i): RegisterInfo => ({ name, offset: WINDOW_START + 4 * i, bank: 0, access: "clear-on-read" }),
  ),
  ...Array.from(
    { length: 8 },
    (_, i): RegisterInfo => ({ name: `WAKE_PATTERN${i}`, offset: WINDOW_START + 4 * i, bank: 1 }),
  ),
  { name: "DIAG_CTRL", offset: WINDOW_START, bank: 2 },
  { name: "DIAG_DATA", offset: WINDOW_START + 4, bank: 2 },
];

/** A descriptor as the card reads it. */
export interface Descriptor {
  readonly addr: number;
  readonly len: number;
  readonly flags: number;
  readonly status: number;
  readonly reserved: number;
}

export function descriptor(bytes: Uint8Array): Descriptor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, DESC_SIZE);
  return {
    addr: view.getUint32(0, true),
    len: view.getUint16(4, true),
    flags: view.getUint16(6, true),
    status: view.getUint32(8, true),
    reserved: view.getUint32(12, true),
  };
}
