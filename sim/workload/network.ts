/** What user space does with network interfaces: ifconfig, ip maddr, traffic, ethtool, private ioctls. */
import { IFF_ALLMULTI, IFF_PROMISC, IFF_UP } from "../kernel/include/linux/if.ts";
import { ARPHRD_ETHER } from "../kernel/include/linux/if_arp.ts";
import type { net_device_stats } from "../kernel/include/linux/netdevice.ts";
import {
  SIOCETHTOOL,
  SIOCGIFFLAGS,
  SIOCSIFFLAGS,
  SIOCSIFHWADDR,
  SIOCSIFMTU,
} from "../kernel/include/linux/sockios.ts";
import { ifreq } from "../kernel/net/core/ifreq.ts";
import {
  icmp_ping,
  ip_set_address,
  multicast_join,
  multicast_leave,
  proc_net_dev_read,
  sock_ioctl,
  udp_received,
  udp_send,
} from "../kernel/net/socket.ts";
import { sleepNs } from "./process.ts";
import { step } from "./step.ts";

/** What `ifconfig` changes. */
export interface InterfaceChange {
  mtu?: number;
  promisc?: boolean;
  allmulti?: boolean;
  /** Hardware address, `aa:bb:cc:dd:ee:ff`. */
  mac?: string;
  /** IPv4 address of the interface, `10.0.0.1`. */
  address?: string;
  /** IPv4 address of the other end. */
  peer?: string;
}

/**
 * Configures an interface as ifconfig does: by ioctls, which take rtnl.
 * @returns 0 or a negative errno; the first change that fails ends it
 */
export function ifconfig(dev: string, what: "up" | "down" | InterfaceChange): number {
  if (what === "up") return change_flags(dev, IFF_UP, 0, "up");
  if (what === "down") return change_flags(dev, 0, IFF_UP, "down");
  let result = 0;
  if (what.address !== undefined || what.peer !== undefined) {
    step(`ifconfig ${dev} ${what.address ?? ""} pointopoint ${what.peer ?? ""}`);
    result = ip_set_address(dev, { address: what.address, peer: what.peer });
  }
  if (result >= 0 && what.mac !== undefined) result = set_mac(dev, what.mac);
  if (result >= 0 && what.mtu !== undefined) result = set_mtu(dev, what.mtu);
  if (result >= 0 && what.promisc !== undefined) result = set_flag(dev, IFF_PROMISC, what.promisc, "promisc");
  if (result >= 0 && what.allmulti !== undefined)
    result = set_flag(dev, IFF_ALLMULTI, what.allmulti, "allmulti");
  return result;
}

function request(dev: string): ifreq {
  const ifr = new ifreq();
  ifr.ifr_name = dev;
  return ifr;
}

function set_flag(dev: string, flag: number, on: boolean, name: string): number {
  return change_flags(dev, on ? flag : 0, on ? 0 : flag, on ? name : `-${name}`);
}

function change_flags(dev: string, set: number, clear: number, what: string): number {
  step(`ifconfig ${dev} ${what}`);
  const ifr = request(dev);
  const result = sock_ioctl(SIOCGIFFLAGS, ifr);
  if (result < 0) return result;
  ifr.ifr_flags = (ifr.ifr_flags | set) & ~clear;
  return sock_ioctl(SIOCSIFFLAGS, ifr);
}

function set_mtu(dev: string, mtu: number): number {
  step(`ifconfig ${dev} mtu ${mtu}`);
  const ifr = request(dev);
  ifr.ifr_mtu = mtu;
  return sock_ioctl(SIOCSIFMTU, ifr);
}

function set_mac(dev: string, mac: string): number {
  step(`ifconfig ${dev} hw ether ${mac}`);
  const ifr = request(dev);
  ifr.ifr_hwaddr.sa_family = ARPHRD_ETHER;
  ifr.ifr_hwaddr.sa_data.set(mac_bytes(mac));
  return sock_ioctl(SIOCSIFHWADDR, ifr);
}

/** The six bytes of `aa:bb:cc:dd:ee:ff`. */
function mac_bytes(mac: string): number[] {
  return mac.split(":").map((byte) => Number.parseInt(byte, 16));
}

/**
 * Joins or leaves a multicast group.
 * @param mac address of the group, `01:00:5e:00:00:01`
 * @param options `context`: "process" as IPv4 does it, or "softirq" as IPv6 does
 */
export function multicast(
  dev: string,
  what: "add" | "del",
  mac: string,
  options: { context?: "process" | "softirq" } = {},
): number {
  step(`multicast ${dev} ${what} ${mac}`);
  const context = options.context ?? "process";
  return what === "add" ? multicast_join(dev, mac, context) : multicast_leave(dev, mac, context);
}

/** How `send` sends. */
export interface SendOptions {
  /** Frames (default 1). */
  count?: number;
  /** Size of a frame without FCS (default 64). */
  size?: number;
  /** Virtual time between two frames. */
  gapNs?: number;
  /** IPv4 address, or hardware address `aa:bb:cc:dd:ee:ff`, to send to (default: the other end). */
  to?: string;
  /** Wait for room in the socket's send buffer. */
  block?: boolean;
  /** The payload lies in so many page fragments, if the device has NETIF_F_SG (as sendfile sends). */
  frags?: number;
}

/**
 * Sends UDP frames through the stack.
 * @returns how many the stack took, or a negative errno if it took none
 */
export function send(dev: string, options: SendOptions = {}): number {
  const { count = 1, size = 64, gapNs = 0, to, block = false, frags = 0 } = options;
  step(`send ${dev} ${count} x ${size} bytes`);
  const target = to === undefined ? {} : to.includes(":") ? { mac: to } : { to };
  let sent = 0;
  let error = 0;
  for (let i = 0; i < count; i++) {
    const result = udp_send(dev, { size, block, frags, fill: i & 0xff, ...target });
    if (result >= 0) sent++;
    else error = result;
    sleepNs(gapNs);
  }
  return sent > 0 ? sent : error;
}

/**
 * Sends echo requests, one after the other, and waits for each reply (up to a second).
 * @returns how many replies came
 */
export function ping(dev: string, options: { count?: number; size?: number } = {}): number {
  const { count = 1, size = 98 } = options;
  step(`ping ${dev} ${count} x ${size} bytes`);
  let replies = 0;
  for (let i = 0; i < count; i++) if (icmp_ping(dev, { size }) >= 0) replies++;
  return replies;
}

/** UDP frames that the stack has received on a device so far. */
export function received(dev: string): number {
  return udp_received(dev);
}

/**
 * An interface ioctl: reaches the driver's `do_ioctl`, with rtnl held, for SIOCDEVPRIVATE and the MII commands.
 * @param arg what the driver finds in `ifr.ifr_data`
 */
export function ioctl(dev: string, cmd: number, arg: unknown = null): number {
  step(`ioctl ${dev} 0x${cmd.toString(16)}`);
  const ifr = request(dev);
  ifr.ifr_data = arg;
  return sock_ioctl(cmd, ifr);
}

/**
 * An ethtool command.
 * @param arg the command's struct, e.g. `{ data: 1 }` for ETHTOOL_SRXCSUM; what the driver answers is written to it
 */
export function ethtool(dev: string, cmd: number, arg: object = {}): number {
  step(`ethtool ${dev} 0x${cmd.toString(16)}`);
  const ifr = request(dev);
  ifr.ifr_data = Object.assign(arg, { cmd });
  return sock_ioctl(SIOCETHTOOL, ifr);
}

/** The counters of a device, read as a process reads /proc/net/dev. Null (untyped) if there is no such device. */
export function stats(dev: string): net_device_stats {
  step(`stats ${dev}`);
  return proc_net_dev_read(dev) as net_device_stats;
}
