/** Flags of a network interface (include/linux/if.h) and the numbers of its ioctls (include/linux/sockios.h). */

/** Interface is up. */
export const IFF_UP = 0x1;
/** Broadcast address valid. */
export const IFF_BROADCAST = 0x2;
/** Debugging on. */
export const IFF_DEBUG = 0x4;
/** Is a loopback net. */
export const IFF_LOOPBACK = 0x8;
/** Is a point-to-point link. */
export const IFF_POINTOPOINT = 0x10;
/** No trailers. */
export const IFF_NOTRAILERS = 0x20;
/** Running: carrier present and queue active (computed). */
export const IFF_RUNNING = 0x40;
/** No ARP. */
export const IFF_NOARP = 0x80;
/** Receive all packets. */
export const IFF_PROMISC = 0x100;
/** Receive all multicast packets. */
export const IFF_ALLMULTI = 0x200;
/** Master of a load balancer. */
export const IFF_MASTER = 0x400;
/** Slave of a load balancer. */
export const IFF_SLAVE = 0x800;
/** Supports multicast. */
export const IFF_MULTICAST = 0x1000;
/** Can set media type. */
export const IFF_PORTSEL = 0x2000;
/** Auto media selection. */
export const IFF_AUTOMEDIA = 0x4000;
/** Address changes when the device does. */
export const IFF_DYNAMIC = 0x8000;
/** Flags that only the kernel changes. */
export const IFF_VOLATILE =
  IFF_LOOPBACK | IFF_POINTOPOINT | IFF_BROADCAST | IFF_MASTER | IFF_SLAVE | IFF_RUNNING;

/** Bytes of a device name. */
export const IFNAMSIZ = 16;

/** Device name of an index. */
export const SIOCGIFNAME = 0x8910;
/** Get flags. */
export const SIOCGIFFLAGS = 0x8913;
/** Set flags: IFF_UP opens and closes. */
export const SIOCSIFFLAGS = 0x8914;
/** Get metric. */
export const SIOCGIFMETRIC = 0x891d;
/** Get MTU. */
export const SIOCGIFMTU = 0x8921;
/** Set MTU: change_mtu. */
export const SIOCSIFMTU = 0x8922;
/** Set name. */
export const SIOCSIFNAME = 0x8923;
/** Set hardware address: set_mac_address. */
export const SIOCSIFHWADDR = 0x8924;
/** Get hardware address. */
export const SIOCGIFHWADDR = 0x8927;
/** Add a multicast address. */
export const SIOCADDMULTI = 0x8931;
/** Delete a multicast address. */
export const SIOCDELMULTI = 0x8932;
/** Index of a device. */
export const SIOCGIFINDEX = 0x8933;
/** Set broadcast address. */
export const SIOCSIFHWBROADCAST = 0x8937;
/** Get length of the transmit queue. */
export const SIOCGIFTXQLEN = 0x8942;
/** Set length of the transmit queue. */
export const SIOCSIFTXQLEN = 0x8943;
/** ethtool. */
export const SIOCETHTOOL = 0x8946;
/** Address of the PHY. */
export const SIOCGMIIPHY = 0x8947;
/** Read a PHY register. */
export const SIOCGMIIREG = 0x8948;
/** Write a PHY register. */
export const SIOCSMIIREG = 0x8949;
/** Get hardware mapping. */
export const SIOCGIFMAP = 0x8970;
/** Set hardware mapping: set_config. */
export const SIOCSIFMAP = 0x8971;
/** First of 16 numbers for the driver's own use: do_ioctl. */
export const SIOCDEVPRIVATE = 0x89f0;
