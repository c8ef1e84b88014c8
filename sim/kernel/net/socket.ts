/**
 * What simulated user space may ask of the kernel's networking. Everything here runs in process context and may block;
 * nothing throws: failures are negative errno numbers. Devices are named by their name ("eth0").
 *
 *   netdev_names(): string[]                       names of the registered devices, in order of registration
 *
 *   sock_ioctl(cmd: number, ifr: ifreq): number    SIOC* of linux/sockios on ifr.ifr_name; the kernel takes rtnl.
 *       ifr is `new ifreq()` of linux/if. Fields by command: ifr_flags (SIOCGIFFLAGS, SIOCSIFFLAGS), ifr_mtu, ifr_hwaddr.sa_data
 *       (SIOCSIFHWADDR, SIOCADDMULTI, SIOCDELMULTI; sa_family ARPHRD_ETHER for HWADDR, 0 for MULTI), ifr_map, ifr_qlen,
 *       ifr_newname, ifr_ifindex, ifr_data (SIOCDEVPRIVATE…, SIOCETHTOOL: an object with `cmd` and the command's fields).
 *
 *   udp_send(dev: string, options?: udp_send_options): number
 *       one UDP frame through IP and dev_queue_xmit; returns the frame's length, or -ENODEV, -ENETDOWN, -EMSGSIZE, -ENOBUFS
 *       (dropped by the queue), -ENOMEM, -EAGAIN (send buffer full and not `block`)…
 *       { size?: bytes of the frame without FCS (default 64; below 42 a raw frame of that size is sent);
 *         to?: IPv4 "10.0.0.2"; mac?: Uint8Array(6) or "aa:bb:cc:dd:ee:ff"; sport?; dport? (default 9); fill?: number (payload byte);
 *         block?: wait for room in the socket's send buffer (64 KiB, charged until the driver frees the skb);
 *         frags?: number of page fragments that carry the payload (devices with NETIF_F_SG) }
 *   icmp_ping(dev: string, options?: { size?: frame bytes (default 98); timeoutMs?: number (default 1000); to?: string; mac? }): number
 *       sends one echo request and waits: round trip in ns, or -ETIMEDOUT, or what sending gave
 *   udp_received(dev: string): number              UDP frames that the stack has received on the device so far
 *
 *   ip_set_address(dev: string, { address?: string; peer?: string; peerMac?: string | Uint8Array; prefix?: number }): number
 *       without it device i (lowest free number, in order of registration) is 10.0.i.1/24, its peer 10.0.i.2; for odd i the
 *       other way round, so that snull's two networks meet
 *   ip_get_address(dev: string): { address: string; peer: string; peerMac: Uint8Array } | null
 *
 *   proc_net_dev_read(name: string): net_device_stats | null   a copy, read as /proc/net/dev does (read_lock(&dev_base_lock)); null: no such device
 *   proc_net_dev_text(): string                    the whole file /proc/net/dev
 *
 *   sysfs_open(path: string): sysfs_file | number  "/sys/class/net/eth0/mtu" …; a negative errno if there is no such file
 *       sysfs_file: read(): string | number; write(text: string): number; close(): void   (numbers: negative errno, or bytes written)
 *   sysfs_list(path: string): string[]             names in a directory
 *
 *   multicast_join(dev, mac: Uint8Array | string, context?: "process" | "softirq"): number    dev_mc_add without rtnl, as IPv4 (process) or IPv6 (softirq) do
 *   multicast_leave(dev, mac, context?): number
 *   netdev_uevents(): number; netdev_uevent_wait(n): { action: "add" | "remove"; name }   what udev hears: blocks until message n
 */

import { now_ns } from "machine";
import { uevent_count, uevent_wait } from "../drivers/base/uevent.ts";
import { dev_seq_text, read_device_stats } from "../fs/proc/net_dev.ts";
import { type sysfs_file, sysfs_open_path, sysfs_readdir } from "../fs/sysfs/file.ts";
import { local_bh_disable, local_bh_enable } from "../kernel/bh.ts";
import { wait_for_completion_timeout } from "../kernel/completion.ts";
import { read_lock, read_unlock } from "../kernel/rwlock.ts";
import { EAGAIN, EINVAL, EMSGSIZE, ENETDOWN, ENOBUFS, ENODEV, ENOMEM, ETIMEDOUT } from "../lib/errno.ts";
import { msecs_to_jiffies } from "../lib/jiffies.ts";
import { GFP_KERNEL } from "../mm/gfp.ts";
import { dev_ioctl } from "./core/dev_ioctl.ts";
import { dev_base_lock, dev_get_by_name, first_netdev } from "./core/dev_list.ts";
import { dev_mc_add, dev_mc_delete } from "./core/dev_mcast.ts";
import { dev_put } from "./core/dev_refs.ts";
import { IFF_UP } from "./core/if.ts";
import type { ifreq } from "./core/ifreq.ts";
import type { net_device, net_device_stats } from "./core/net_device.ts";
import { LL_MAX_HEADER, NET_XMIT_CN, NETIF_F_SG } from "./core/netdev_constants.ts";
import { skb_fill_page_desc, skb_push, skb_put, skb_reserve } from "./core/skb_data.ts";
import { __alloc_skb, type sk_buff } from "./core/skbuff.ts";
import { skb_set_owner_w, sock_wait_for_wmem, sock_writeable } from "./core/sock.ts";
import { ETH_HLEN, ETH_P_IP } from "./ethernet/if_ether.ts";
import { neighbour_address } from "./ipv4/devinet.ts";
import { echo_end, echo_start, icmp_echo_request } from "./ipv4/icmp.ts";
import { in_aton, type in_device, in_ntoa } from "./ipv4/in_device.ts";
import { IP_HLEN, IPPROTO_ICMP, IPPROTO_UDP, ip_build_header, neigh_output } from "./ipv4/ip_output.ts";
import { UDP_HLEN, udp_build_header } from "./ipv4/udp.ts";

export type { sysfs_file } from "../fs/sysfs/file.ts";
export { ifreq } from "./core/ifreq.ts";

/** Where and what to send. */
export interface send_options {
  /** Bytes of the frame without FCS. */
  size?: number;
  /** IPv4 address; default: the peer. */
  to?: string;
  /** Hardware address of the destination; default: the peer's. */
  mac?: string | Uint8Array;
}

export interface udp_send_options extends send_options {
  sport?: number;
  dport?: number;
  /** Value of the payload's bytes. */
  fill?: number;
  /** Wait for room in the send buffer. */
  block?: boolean;
  /** Page fragments that carry the payload, on devices with NETIF_F_SG. */
  frags?: number;
}

export interface ping_options extends send_options {
  timeoutMs?: number;
}

/** Names of the registered devices, in order of registration. */
export function netdev_names(): string[] {
  const names: string[] = [];
  read_lock(dev_base_lock);
  for (let dev = first_netdev(); dev !== null; dev = dev.next) names.push(dev.name);
  read_unlock(dev_base_lock);
  return names;
}

/** An interface ioctl (net/socket.c: sock_ioctl, net/core/dev.c: dev_ioctl). */
export function sock_ioctl(cmd: number, ifr: ifreq): number {
  return dev_ioctl(cmd, ifr);
}

/** Runs `fn` with a reference to the device and its IPv4 side; -ENODEV if there is none. */
function with_device(name: string, fn: (dev: net_device, in_dev: in_device) => number): number {
  const dev = dev_get_by_name(name);
  if (dev === null) return -ENODEV;
  const in_dev = dev.ip_ptr;
  const result = in_dev === null ? -ENODEV : fn(dev, in_dev);
  dev_put(dev);
  return result;
}

/** Six bytes of "aa:bb:cc:dd:ee:ff"; null if it is no address. */
function mac_of(text: string | Uint8Array): Uint8Array | null {
  if (typeof text !== "string") return text.length === 6 ? text : null;
  const parts = text.split(":");
  if (parts.length !== 6 || !parts.every((part) => /^[0-9a-f]{1,2}$/i.test(part))) return null;
  return Uint8Array.from(parts, (part) => Number.parseInt(part, 16));
}

class route {
  address = 0;
  ha: Uint8Array = new Uint8Array(6);
}

/** Where a packet goes: address in host order and hardware address (net/ipv4/route.c: ip_route_output). */
function route_to(in_dev: in_device, options: send_options): route | null {
  const to = options.to === undefined ? in_dev.peer : in_aton(options.to);
  const ha = options.mac === undefined ? neighbour_address(in_dev) : mac_of(options.mac);
  if (to === null || ha === null) return null;
  const result = new route();
  result.address = to;
  result.ha = ha;
  return result;
}

/** What a sender gets for the result of dev_queue_xmit (include/linux/netdevice.h: net_xmit_errno). */
function sent(result: number, length: number): number {
  if (result > 0) return result === NET_XMIT_CN ? length : -ENOBUFS;
  return result < 0 ? result : length;
}

/** A packet charged to the device's socket with room for all headers; null with the errno in `error` (net/core/sock.c: sock_alloc_send_skb). */
function alloc_send_skb(in_dev: in_device, size: number, block: boolean): sk_buff | number {
  if (!sock_writeable(in_dev.sk)) {
    if (!block) return -EAGAIN;
    sock_wait_for_wmem(in_dev.sk);
  }
  const skb = __alloc_skb("sock_alloc_send_skb", LL_MAX_HEADER + size, GFP_KERNEL, false);
  if (skb === null) return -ENOMEM;
  skb_set_owner_w(skb, in_dev.sk);
  skb_reserve(skb, LL_MAX_HEADER);
  return skb;
}

/** Sends one frame of UDP; see the top of this file. */
export function udp_send(name: string, options: udp_send_options = {}): number {
  return with_device(name, (dev, in_dev) => {
    const { size = 64, block = false } = options;
    if (!(dev.flags & IFF_UP)) return -ENETDOWN;
    if (size - ETH_HLEN > dev.mtu || size < ETH_HLEN) return -EMSGSIZE;
    const to = route_to(in_dev, options);
    if (to === null) return -EINVAL;
    const payload = size - ETH_HLEN - IP_HLEN - UDP_HLEN;
    return payload < 0
      ? raw_send(dev, in_dev, to, size, block)
      : udp_sendmsg(dev, in_dev, to, payload, options);
  });
}

/** Protocol of frames too short for UDP: "local experimental". */
const ETH_P_EXPERIMENTAL = 0x88b5;

/** A frame without IP, as packet sockets send them (net/packet/af_packet.c: packet_sendmsg). */
function raw_send(dev: net_device, in_dev: in_device, to: route, size: number, block: boolean): number {
  const skb = alloc_send_skb(in_dev, size, block);
  if (typeof skb === "number") return skb;
  skb_put(skb, size - ETH_HLEN);
  skb.nh.raw = skb.data;
  return sent(neigh_output(skb, dev, ETH_P_EXPERIMENTAL, to.ha), size);
}

function udp_sendmsg(
  dev: net_device,
  in_dev: in_device,
  to: route,
  payload: number,
  options: udp_send_options,
): number {
  const size = payload + UDP_HLEN + IP_HLEN;
  const skb = alloc_send_skb(in_dev, size, options.block ?? false);
  if (typeof skb === "number") return skb;
  skb_reserve(skb, IP_HLEN + UDP_HLEN);
  if (options.frags && dev.features & NETIF_F_SG) add_fragments(skb, payload, options);
  else skb_put(skb, payload).fill(options.fill ?? 0);
  skb_push(skb, UDP_HLEN);
  udp_build_header(skb, options.sport ?? 1024, options.dport ?? 9, in_dev.address, to.address);
  ip_build_header(skb, in_dev.address, to.address, IPPROTO_UDP);
  return sent(neigh_output(skb, dev, ETH_P_IP, to.ha), size + ETH_HLEN);
}

/** Puts the payload into pages. */
function add_fragments(skb: sk_buff, payload: number, options: udp_send_options): void {
  const count = Math.min(options.frags ?? 1, 16);
  for (let i = 0, rest = payload; i < count && rest > 0; i++) {
    const size = i === count - 1 ? rest : Math.min(rest, Math.ceil(payload / count));
    skb_fill_page_desc(skb, i, new Uint8Array(4096).fill(options.fill ?? 0), 0, size);
    skb.len += size;
    skb.data_len += size;
    rest -= size;
  }
}

/** Sends an echo request and waits for the answer; see the top of this file. */
export function icmp_ping(name: string, options: ping_options = {}): number {
  return with_device(name, (dev, in_dev) => {
    const { size = 98, timeoutMs = 1000 } = options;
    if (!(dev.flags & IFF_UP)) return -ENETDOWN;
    const message = Math.max(size - ETH_HLEN - IP_HLEN, 8);
    if (message + IP_HLEN > dev.mtu) return -EMSGSIZE;
    const to = route_to(in_dev, options);
    if (to === null) return -EINVAL;
    const skb = alloc_send_skb(in_dev, message + IP_HLEN, true);
    if (typeof skb === "number") return skb;
    skb_reserve(skb, IP_HLEN);
    const echo = echo_start();
    icmp_echo_request(skb_put(skb, message), echo, 1);
    ip_build_header(skb, in_dev.address, to.address, IPPROTO_ICMP);
    const started = now_ns();
    const result = sent(neigh_output(skb, dev, ETH_P_IP, to.ha), 0);
    if (result === 0) wait_for_completion_timeout(echo.done, msecs_to_jiffies(timeoutMs));
    echo_end(echo);
    if (result < 0) return result;
    return echo.answered_ns < 0 ? -ETIMEDOUT : echo.answered_ns - started;
  });
}

/** UDP frames that the stack has received on the device. */
export function udp_received(name: string): number {
  return with_device(name, (_dev, in_dev) => in_dev.udp_received);
}

export interface ip_addresses {
  address?: string | undefined;
  peer?: string | undefined;
  peerMac?: string | Uint8Array | undefined;
  prefix?: number | undefined;
}

/** Sets a device's addresses; what is not named stays. */
export function ip_set_address(name: string, addresses: ip_addresses): number {
  return with_device(name, (_dev, in_dev) => {
    const address = addresses.address === undefined ? in_dev.address : in_aton(addresses.address);
    const peer = addresses.peer === undefined ? in_dev.peer : in_aton(addresses.peer);
    const ha = addresses.peerMac === undefined ? in_dev.peer_ha : mac_of(addresses.peerMac);
    if (address === null || peer === null || ha === null) return -EINVAL;
    in_dev.address = address;
    in_dev.peer = peer;
    in_dev.peer_ha = ha;
    in_dev.prefix = addresses.prefix ?? in_dev.prefix;
    return 0;
  });
}

/** A device's addresses; null if there is no such device. */
export function ip_get_address(name: string): { address: string; peer: string; peerMac: Uint8Array } | null {
  const dev = dev_get_by_name(name);
  if (dev === null) return null;
  const in_dev = dev.ip_ptr;
  dev_put(dev);
  if (in_dev === null) return null;
  return { address: in_ntoa(in_dev.address), peer: in_ntoa(in_dev.peer), peerMac: in_dev.peer_ha };
}

/** A copy of a device's counters, read as /proc/net/dev reads them; null if there is no such device. */
export function proc_net_dev_read(name: string): net_device_stats | null {
  return read_device_stats(name);
}

/** The file /proc/net/dev. */
export function proc_net_dev_text(): string {
  return dev_seq_text();
}

/** Opens a file of sysfs; a negative errno if there is none. */
export function sysfs_open(path: string): sysfs_file | number {
  return sysfs_open_path(path);
}

/** Names in a directory of sysfs. */
export function sysfs_list(path: string): string[] {
  return sysfs_readdir(path);
}

type mc_change = (dev: net_device, addr: Uint8Array, alen: number, glbl: number) => number;

function change_group(
  name: string,
  mac: Uint8Array | string,
  context: "process" | "softirq",
  change: mc_change,
): number {
  const addr = mac_of(mac);
  if (addr === null) return -EINVAL;
  return with_device(name, (dev) => {
    if (context === "softirq") local_bh_disable();
    const result = change(dev, addr, dev.addr_len, 0);
    if (context === "softirq") local_bh_enable();
    return result;
  });
}

/** Joins a multicast group without rtnl: from a process as IPv4, or with bottom halves off as IPv6's timers do. */
export function multicast_join(
  name: string,
  mac: Uint8Array | string,
  context: "process" | "softirq" = "process",
): number {
  return change_group(name, mac, context, dev_mc_add);
}

/** Leaves a multicast group. */
export function multicast_leave(
  name: string,
  mac: Uint8Array | string,
  context: "process" | "softirq" = "process",
): number {
  return change_group(name, mac, context, dev_mc_delete);
}

/** Blocks until the next network device appears or goes after message `n`, as udev does; start with `netdev_uevents()`. */
export function netdev_uevent_wait(n: number): { readonly action: "add" | "remove"; readonly name: string } {
  return uevent_wait(n);
}

/** Number of messages so far. */
export function netdev_uevents(): number {
  return uevent_count();
}
