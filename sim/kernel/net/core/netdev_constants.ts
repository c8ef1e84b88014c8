/** Numbers of include/linux/netdevice.h. */

/** Packet accepted. */
export const NETDEV_TX_OK = 0;
/** Cannot transmit now: the core keeps the packet and tries later. */
export const NETDEV_TX_BUSY = 1;
/** Locking failed: the core tries again quickly; only with NETIF_F_LLTX. */
export const NETDEV_TX_LOCKED = -1;

/** dev_queue_xmit: queued. */
export const NET_XMIT_SUCCESS = 0;
/** dev_queue_xmit: dropped. */
export const NET_XMIT_DROP = 1;
/** dev_queue_xmit: congestion. */
export const NET_XMIT_CN = 2;
/** Dropped by a policer. */
export const NET_XMIT_POLICED = 3;
/** Sent past the queue. */
export const NET_XMIT_BYPASS = 4;

/** netif_rx: queued. */
export const NET_RX_SUCCESS = 0;
/** netif_rx: dropped, and already freed. */
export const NET_RX_DROP = 1;
/** Low congestion. */
export const NET_RX_CN_LOW = 2;
/** Moderate congestion. */
export const NET_RX_CN_MOD = 3;
/** High congestion. */
export const NET_RX_CN_HIGH = 4;
/** Packet is bad. */
export const NET_RX_BAD = 5;

/** Longest hardware address. */
export const MAX_ADDR_LEN = 32;
/** Room for link layer headers that senders leave. */
export const LL_MAX_HEADER = 32;

/** Bit of `dev.state`: the transmit queue is stopped. */
export const __LINK_STATE_XOFF = 0;
/** Bit of `dev.state`: the device is open (netif_running). */
export const __LINK_STATE_START = 1;
/** Bit of `dev.state`: the device is there (not detached). */
export const __LINK_STATE_PRESENT = 2;
/** Bit of `dev.state`: queued for NET_TX. */
export const __LINK_STATE_SCHED = 3;
/** Bit of `dev.state`: no carrier. */
export const __LINK_STATE_NOCARRIER = 4;
/** Bit of `dev.state`: polling is scheduled, or disabled. */
export const __LINK_STATE_RX_SCHED = 5;
/** Bit of `dev.state`: a carrier change waits for keventd. */
export const __LINK_STATE_LINKWATCH_PENDING = 6;

/** `dev.reg_state`: completed by alloc_netdev, never registered. */
export const NETREG_UNINITIALIZED = 0;
/** `dev.reg_state`: register_netdevice called, todo list not run yet. */
export const NETREG_REGISTERING = 1;
/** `dev.reg_state`: registered. */
export const NETREG_REGISTERED = 2;
/** `dev.reg_state`: unregister_netdevice called, todo list not run yet. */
export const NETREG_UNREGISTERING = 3;
/** `dev.reg_state`: unregistered completely. */
export const NETREG_UNREGISTERED = 4;
/** `dev.reg_state`: free_netdev called, waits for the last user of sysfs. */
export const NETREG_RELEASED = 5;

/** Scatter/gather: packets may have page fragments. */
export const NETIF_F_SG = 1;
/** Card sums up TCP/UDP over IPv4. */
export const NETIF_F_IP_CSUM = 2;
/** Needs no checksum (loopback). */
export const NETIF_F_NO_CSUM = 4;
/** Card sums up all packets. */
export const NETIF_F_HW_CSUM = 8;
/** Can DMA to high memory. */
export const NETIF_F_HIGHDMA = 32;
/** Packets may have a fragment list. */
export const NETIF_F_FRAGLIST = 64;
/** Inserts VLAN tags. */
export const NETIF_F_HW_VLAN_TX = 128;
/** Strips VLAN tags. */
export const NETIF_F_HW_VLAN_RX = 256;
/** Filters VLANs. */
export const NETIF_F_HW_VLAN_FILTER = 512;
/** Cannot do VLANs. */
export const NETIF_F_VLAN_CHALLENGED = 1024;
/** TCP segmentation. */
export const NETIF_F_TSO = 2048;
/** The driver locks its transmit path itself: hard_start_xmit is called without xmit_lock. */
export const NETIF_F_LLTX = 4096;

/** Notifier events of network devices (include/linux/notifier.h). Device came up. */
export const NETDEV_UP = 0x0001;
/** Device went down. */
export const NETDEV_DOWN = 0x0002;
/** Device is not responding. */
export const NETDEV_REBOOT = 0x0003;
/** State or flags changed. */
export const NETDEV_CHANGE = 0x0004;
/** Device registered. */
export const NETDEV_REGISTER = 0x0005;
/** Device is being unregistered: drop your references. */
export const NETDEV_UNREGISTER = 0x0006;
/** MTU changed. */
export const NETDEV_CHANGEMTU = 0x0007;
/** Hardware address changed. */
export const NETDEV_CHANGEADDR = 0x0008;
/** Device is about to go down. */
export const NETDEV_GOING_DOWN = 0x0009;
/** Name changed. */
export const NETDEV_CHANGENAME = 0x000a;
/** Features changed. */
export const NETDEV_FEAT_CHANGE = 0x000b;

/** Message classes for `msg_enable`: driver. */
export const NETIF_MSG_DRV = 0x0001;
/** Message class: probing. */
export const NETIF_MSG_PROBE = 0x0002;
/** Message class: link. */
export const NETIF_MSG_LINK = 0x0004;
/** Message class: timer. */
export const NETIF_MSG_TIMER = 0x0008;
/** Message class: interface down. */
export const NETIF_MSG_IFDOWN = 0x0010;
/** Message class: interface up. */
export const NETIF_MSG_IFUP = 0x0020;
/** Message class: receive errors. */
export const NETIF_MSG_RX_ERR = 0x0040;
/** Message class: transmit errors. */
export const NETIF_MSG_TX_ERR = 0x0080;
/** Message class: packet queued. */
export const NETIF_MSG_TX_QUEUED = 0x0100;
/** Message class: interrupts. */
export const NETIF_MSG_INTR = 0x0200;
/** Message class: packet sent. */
export const NETIF_MSG_TX_DONE = 0x0400;
/** Message class: packet received. */
export const NETIF_MSG_RX_STATUS = 0x0800;
/** Message class: packet contents. */
export const NETIF_MSG_PKTDATA = 0x1000;
/** Message class: hardware state. */
export const NETIF_MSG_HW = 0x2000;
/** Message class: wake on LAN. */
export const NETIF_MSG_WOL = 0x4000;

/** `dev.if_port`: unknown media. */
export const IF_PORT_UNKNOWN = 0;
/** `dev.if_port`: 10base2. */
export const IF_PORT_10BASE2 = 1;
/** `dev.if_port`: 10baseT. */
export const IF_PORT_10BASET = 2;
/** `dev.if_port`: AUI. */
export const IF_PORT_AUI = 3;
/** `dev.if_port`: 100baseT. */
export const IF_PORT_100BASET = 4;
/** `dev.if_port`: 100baseTX. */
export const IF_PORT_100BASETX = 5;
/** `dev.if_port`: 100baseFX. */
export const IF_PORT_100BASEFX = 6;
