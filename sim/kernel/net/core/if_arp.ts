/** Hardware types and ARP operations (include/linux/if_arp.h). */

/** Ethernet. */
export const ARPHRD_ETHER = 1;
/** Point-to-point protocol. */
export const ARPHRD_PPP = 512;
/** Loopback device. */
export const ARPHRD_LOOPBACK = 772;
/** No hardware type. */
export const ARPHRD_VOID = 0xffff;
/** None: zero header length. */
export const ARPHRD_NONE = 0xfffe;
/** ARP request. */
export const ARPOP_REQUEST = 1;
/** ARP reply. */
export const ARPOP_REPLY = 2;
