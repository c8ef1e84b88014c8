/** Command numbers of ethtool (include/linux/ethtool.h). */

/** Get settings. */
export const ETHTOOL_GSET = 0x00000001;
/** Set settings. */
export const ETHTOOL_SSET = 0x00000002;
/** Get driver info. */
export const ETHTOOL_GDRVINFO = 0x00000003;
/** Get registers. */
export const ETHTOOL_GREGS = 0x00000004;
/** Get wake-on-LAN options. */
export const ETHTOOL_GWOL = 0x00000005;
/** Set wake-on-LAN options. */
export const ETHTOOL_SWOL = 0x00000006;
/** Get message level. */
export const ETHTOOL_GMSGLVL = 0x00000007;
/** Set message level. */
export const ETHTOOL_SMSGLVL = 0x00000008;
/** Restart autonegotiation. */
export const ETHTOOL_NWAY_RST = 0x00000009;
/** Get link status. */
export const ETHTOOL_GLINK = 0x0000000a;
/** Get EEPROM data. */
export const ETHTOOL_GEEPROM = 0x0000000b;
/** Set EEPROM data. */
export const ETHTOOL_SEEPROM = 0x0000000c;
/** Get coalescing. */
export const ETHTOOL_GCOALESCE = 0x0000000e;
/** Set coalescing. */
export const ETHTOOL_SCOALESCE = 0x0000000f;
/** Get ring parameters. */
export const ETHTOOL_GRINGPARAM = 0x00000010;
/** Set ring parameters. */
export const ETHTOOL_SRINGPARAM = 0x00000011;
/** Get pause parameters. */
export const ETHTOOL_GPAUSEPARAM = 0x00000012;
/** Set pause parameters. */
export const ETHTOOL_SPAUSEPARAM = 0x00000013;
/** Get receive checksumming. */
export const ETHTOOL_GRXCSUM = 0x00000014;
/** Set receive checksumming. */
export const ETHTOOL_SRXCSUM = 0x00000015;
/** Get transmit checksumming. */
export const ETHTOOL_GTXCSUM = 0x00000016;
/** Set transmit checksumming. */
export const ETHTOOL_STXCSUM = 0x00000017;
/** Get scatter/gather. */
export const ETHTOOL_GSG = 0x00000018;
/** Set scatter/gather. */
export const ETHTOOL_SSG = 0x00000019;
/** Run a self test. */
export const ETHTOOL_TEST = 0x0000001a;
/** Get names. */
export const ETHTOOL_GSTRINGS = 0x0000001b;
/** Blink. */
export const ETHTOOL_PHYS_ID = 0x0000001c;
/** Get the driver's statistics. */
export const ETHTOOL_GSTATS = 0x0000001d;
/** Get segmentation offload. */
export const ETHTOOL_GTSO = 0x0000001e;
/** Set segmentation offload. */
export const ETHTOOL_STSO = 0x0000001f;
/** Get permanent address. */
export const ETHTOOL_GPERMADDR = 0x00000020;

/** String sets: self tests. */
export const ETH_SS_TEST = 0;
/** String sets: statistics. */
export const ETH_SS_STATS = 1;
/** Bit of `supported`: 10baseT_Half. */
export const SUPPORTED_10baseT_Half = 1;
/** Bit of `advertising`: 10baseT_Half. */
export const ADVERTISED_10baseT_Half = 1;
/** Bit of `supported`: 10baseT_Full. */
export const SUPPORTED_10baseT_Full = 2;
/** Bit of `advertising`: 10baseT_Full. */
export const ADVERTISED_10baseT_Full = 2;
/** Bit of `supported`: 100baseT_Half. */
export const SUPPORTED_100baseT_Half = 4;
/** Bit of `advertising`: 100baseT_Half. */
export const ADVERTISED_100baseT_Half = 4;
/** Bit of `supported`: 100baseT_Full. */
export const SUPPORTED_100baseT_Full = 8;
/** Bit of `advertising`: 100baseT_Full. */
export const ADVERTISED_100baseT_Full = 8;
/** Bit of `supported`: 1000baseT_Half. */
export const SUPPORTED_1000baseT_Half = 16;
/** Bit of `advertising`: 1000baseT_Half. */
export const ADVERTISED_1000baseT_Half = 16;
/** Bit of `supported`: 1000baseT_Full. */
export const SUPPORTED_1000baseT_Full = 32;
/** Bit of `advertising`: 1000baseT_Full. */
export const ADVERTISED_1000baseT_Full = 32;
/** Bit of `supported`: Autoneg. */
export const SUPPORTED_Autoneg = 64;
/** Bit of `advertising`: Autoneg. */
export const ADVERTISED_Autoneg = 64;
/** Bit of `supported`: TP. */
export const SUPPORTED_TP = 128;
/** Bit of `advertising`: TP. */
export const ADVERTISED_TP = 128;
/** Bit of `supported`: AUI. */
export const SUPPORTED_AUI = 256;
/** Bit of `advertising`: AUI. */
export const ADVERTISED_AUI = 256;
/** Bit of `supported`: MII. */
export const SUPPORTED_MII = 512;
/** Bit of `advertising`: MII. */
export const ADVERTISED_MII = 512;
/** Bit of `supported`: FIBRE. */
export const SUPPORTED_FIBRE = 1024;
/** Bit of `advertising`: FIBRE. */
export const ADVERTISED_FIBRE = 1024;
/** Bit of `supported`: BNC. */
export const SUPPORTED_BNC = 2048;
/** Bit of `advertising`: BNC. */
export const ADVERTISED_BNC = 2048;
/** Bit of `supported`: 10000baseT_Full. */
export const SUPPORTED_10000baseT_Full = 4096;
/** Bit of `advertising`: 10000baseT_Full. */
export const ADVERTISED_10000baseT_Full = 4096;
/** Bit of `supported`: Pause. */
export const SUPPORTED_Pause = 8192;
/** Bit of `advertising`: Pause. */
export const ADVERTISED_Pause = 8192;
/** Bit of `supported`: Asym_Pause. */
export const SUPPORTED_Asym_Pause = 16384;
/** Bit of `advertising`: Asym_Pause. */
export const ADVERTISED_Asym_Pause = 16384;
/** Mbit/s. */
export const SPEED_10 = 10;
/** Mbit/s. */
export const SPEED_100 = 100;
/** Mbit/s. */
export const SPEED_1000 = 1000;
/** Mbit/s. */
export const SPEED_10000 = 10000;
/** Half duplex. */
export const DUPLEX_HALF = 0;
/** Full duplex. */
export const DUPLEX_FULL = 1;
/** Twisted pair. */
export const PORT_TP = 0;
/** AUI. */
export const PORT_AUI = 1;
/** MII. */
export const PORT_MII = 2;
/** Fibre. */
export const PORT_FIBRE = 3;
/** BNC. */
export const PORT_BNC = 4;
/** Internal transceiver. */
export const XCVR_INTERNAL = 0;
/** External transceiver. */
export const XCVR_EXTERNAL = 1;
/** Autonegotiation off. */
export const AUTONEG_DISABLE = 0;
/** Autonegotiation on. */
export const AUTONEG_ENABLE = 1;
/** Wake on link. */
export const WAKE_PHY = 1;
/** Wake on unicast. */
export const WAKE_UCAST = 2;
/** Wake on multicast. */
export const WAKE_MCAST = 4;
/** Wake on broadcast. */
export const WAKE_BCAST = 8;
/** Wake on ARP. */
export const WAKE_ARP = 16;
/** Wake on magic packet. */
export const WAKE_MAGIC = 32;
/** Wake on magic packet with password. */
export const WAKE_MAGICSECURE = 64;
/** Test offline. */
export const ETH_TEST_FL_OFFLINE = 1;
/** Test failed. */
export const ETH_TEST_FL_FAILED = 2;
/** Longest name. */
export const ETH_GSTRING_LEN = 32;
