/* LabNIC's registers and descriptors, after its data sheet. */
import { __le16, __le32, struct } from "linux/types";

export const PCI_VENDOR_ID_LAB = 0x4c41;
export const PCI_DEVICE_ID_LABNIC = 0x424e;

/* Registers of BAR 0 */
export const CTRL = 0x00;
export const STATUS = 0x04;
export const ISR = 0x08;
export const IMR = 0x0c;
export const TX_BASE = 0x10;
export const TX_COUNT = 0x14;
export const TX_TAIL = 0x18;
export const RX_BASE = 0x20;
export const RX_COUNT = 0x24;
export const RX_TAIL = 0x28;
export const MAC_LO = 0x30;
export const MAC_HI = 0x34;
export const MC_LO = 0x38;
export const MC_HI = 0x3c;
export const MII_CMD = 0x40;
export const MII_DATA = 0x44;
export const WINDOW = 0x48;
export const COALESCE = 0x4c;
/* Window bank 0: counters, cleared by reading */
export const RX_MISSED = 0x90;
export const COLLISIONS = 0x94;

/* CTRL */
export const RESET = 0x01;
export const TX_EN = 0x02;
export const RX_EN = 0x04;
export const PROMISC = 0x08;
export const ALLMULTI = 0x10;

/* STATUS */
export const LINK = 0x01;
export const TX_ACTIVE = 0x02;
export const RX_ACTIVE = 0x04;

/* ISR and IMR */
export const TX_DONE = 0x01;
export const RX_DONE = 0x02;
export const LINK_CHANGE = 0x04;
export const RX_OVERFLOW = 0x08;
export const TX_ERROR = 0x10;
/** What tells that frames wait in the receive ring. */
export const RX_EVENTS = RX_DONE | RX_OVERFLOW;
/** What tells that the card is done with transmit descriptors. */
export const TX_EVENTS = TX_DONE | TX_ERROR;
export const ALL_EVENTS = RX_EVENTS | TX_EVENTS | LINK_CHANGE;
/** What every register of a card that was pulled out reads. */
export const GONE = 0xffffffff;

/* MII_CMD */
export const MII_PHY_SHIFT = 5;
export const MII_WRITE = 0x40000000;
export const MII_BUSY = 0x80000000;

/* Descriptor: flags and status */
export const EOP = 1;
export const IRQ = 2;
export const OWN = 0x80000000;
export const DONE = 1;
export const ERROR = 2;

/** A descriptor of either ring. */
export const desc = struct({ addr: __le32, len: __le16, flags: __le16, status: __le32, reserved: __le32 });
