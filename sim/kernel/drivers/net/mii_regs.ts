/** Registers of Ethernet PHYs (include/linux/mii.h). */

/** Basic mode control register. */
export const MII_BMCR = 0x0;
/** Basic mode status register. */
export const MII_BMSR = 0x1;
/** PHY identifier, high half. */
export const MII_PHYSID1 = 0x2;
/** PHY identifier, low half. */
export const MII_PHYSID2 = 0x3;
/** What we advertise. */
export const MII_ADVERTISE = 0x4;
/** What the link partner can do. */
export const MII_LPA = 0x5;
/** Expansion register. */
export const MII_EXPANSION = 0x6;
/** 1000BASE-T control. */
export const MII_CTRL1000 = 0x9;
/** 1000BASE-T status. */
export const MII_STAT1000 = 0xa;
/** Extended status. */
export const MII_ESTATUS = 0xf;
/** Speed, high bit. */
export const BMCR_SPEED1000 = 0x40;
/** Collision test. */
export const BMCR_CTST = 0x80;
/** Full duplex. */
export const BMCR_FULLDPLX = 0x100;
/** Restart autonegotiation. */
export const BMCR_ANRESTART = 0x200;
/** Isolate from the MII. */
export const BMCR_ISOLATE = 0x400;
/** Power down. */
export const BMCR_PDOWN = 0x800;
/** Enable autonegotiation. */
export const BMCR_ANENABLE = 0x1000;
/** 100 Mbit/s. */
export const BMCR_SPEED100 = 0x2000;
/** Loopback. */
export const BMCR_LOOPBACK = 0x4000;
/** Reset. */
export const BMCR_RESET = 0x8000;
/** Extended registers. */
export const BMSR_ERCAP = 0x1;
/** Jabber. */
export const BMSR_JCD = 0x2;
/** Link up (latched low). */
export const BMSR_LSTATUS = 0x4;
/** Can autonegotiate. */
export const BMSR_ANEGCAPABLE = 0x8;
/** Remote fault. */
export const BMSR_RFAULT = 0x10;
/** Autonegotiation complete. */
export const BMSR_ANEGCOMPLETE = 0x20;
/** Extended status present. */
export const BMSR_ESTATEN = 0x100;
/** 10 Mbit/s half duplex. */
export const BMSR_10HALF = 0x800;
/** 10 Mbit/s full duplex. */
export const BMSR_10FULL = 0x1000;
/** 100 Mbit/s half duplex. */
export const BMSR_100HALF = 0x2000;
/** 100 Mbit/s full duplex. */
export const BMSR_100FULL = 0x4000;
/** Only selector supported. */
export const ADVERTISE_CSMA = 0x1;
/** 10 half. */
export const ADVERTISE_10HALF = 0x20;
/** 10 full. */
export const ADVERTISE_10FULL = 0x40;
/** 100 half. */
export const ADVERTISE_100HALF = 0x80;
/** 100 full. */
export const ADVERTISE_100FULL = 0x100;
/** Pause. */
export const ADVERTISE_PAUSE_CAP = 0x400;
/** All of 10 and 100 Mbit/s. */
export const ADVERTISE_ALL = 0x1e0;
/** Full duplex. */
export const ADVERTISE_FULL = 0x141;
/** 1000 half (MII_CTRL1000). */
export const ADVERTISE_1000HALF = 0x100;
/** 1000 full (MII_CTRL1000). */
export const ADVERTISE_1000FULL = 0x200;
/** Partner: 10 half. */
export const LPA_10HALF = 0x20;
/** Partner: 10 full. */
export const LPA_10FULL = 0x40;
/** Partner: 100 half. */
export const LPA_100HALF = 0x80;
/** Partner: 100 full. */
export const LPA_100FULL = 0x100;
/** Partner: fault. */
export const LPA_RFAULT = 0x2000;
/** Partner acknowledged. */
export const LPA_LPACK = 0x4000;
/** Partner: full duplex. */
export const LPA_DUPLEX = 0x140;
/** Partner: 100 Mbit/s. */
export const LPA_100 = 0x380;
/** Partner: 1000 full (MII_STAT1000). */
export const LPA_1000FULL = 0x800;
/** Partner: 1000 half (MII_STAT1000). */
export const LPA_1000HALF = 0x400;
