/** Addresses of devices (net/ipv4/devinet.c). */
import { driver_call } from "machine";
import { dev_mc_add, dev_mc_delete } from "../core/dev_mcast.ts";
import { dev_hold, dev_put } from "../core/dev_refs.ts";
import { IFF_LOOPBACK, IFF_NOARP } from "../core/if.ts";
import type { net_device } from "../core/net_device.ts";
import { NETDEV_DOWN, NETDEV_REGISTER, NETDEV_UNREGISTER, NETDEV_UP } from "../core/netdev_constants.ts";
import { ETH_ALEN } from "../ethernet/if_ether.ts";
import { in_device } from "./in_device.ts";

/** The group of all hosts, 224.0.0.1, on Ethernet. */
const all_hosts = [0x01, 0x00, 0x5e, 0x00, 0x00, 0x01];

const in_devices: (in_device | null)[] = [];

/** All devices with addresses. */
export function inet_devices(): in_device[] {
  const list: in_device[] = [];
  for (const in_dev of in_devices) if (in_dev !== null) list.push(in_dev);
  return list;
}

/** The address as text of device `dev`'s own, or null (include/linux/inetdevice.h: __in_dev_get). */
export function in_dev_get(dev: net_device): in_device | null {
  return dev.ip_ptr;
}

/** True if one of our devices has the address (net/ipv4/fib: inet_addr_type RTN_LOCAL). */
export function is_local_address(address: number): boolean {
  for (const in_dev of in_devices) if (in_dev !== null && in_dev.address === address) return true;
  return false;
}

/**
 * Gives a new device its default addresses: 10.0.i.1 with peer 10.0.i.2, the other way round for odd i, so that two devices
 * that are each other's wire and flip the lowest bit of the third octet (snull) meet (net/ipv4/devinet.c: inetdev_init).
 */
function inetdev_init(dev: net_device): void {
  let i = in_devices.indexOf(null);
  if (i < 0) i = in_devices.length;
  const in_dev = new in_device(dev);
  const net = 0x0a000000 + (i & 0xff) * 0x100;
  in_dev.address = net + (i % 2 === 0 ? 1 : 2);
  in_dev.peer = net + (i % 2 === 0 ? 2 : 1);
  in_dev.peer_ha = Uint8Array.of(0x02, 0x4c, 0x41, 0x00, 0x01, i & 0xff);
  in_devices[i] = in_dev;
  dev_hold(dev);
  dev.ip_ptr = in_dev;
  in_dev.arp_parms.dev = dev;
  if (dev.neigh_setup !== null) driver_call("neigh_setup", dev, dev.neigh_setup, dev, in_dev.arp_parms);
}

/** The device goes: no more addresses (net/ipv4/devinet.c: inetdev_destroy). */
function inetdev_destroy(in_dev: in_device): void {
  const { dev } = in_dev;
  const at = in_devices.indexOf(in_dev);
  if (at >= 0) in_devices[at] = null;
  dev.ip_ptr = null;
  dev_put(dev);
}

function wants_multicast(dev: net_device): boolean {
  return dev.addr_len === ETH_ALEN && (dev.flags & IFF_LOOPBACK) === 0;
}

/** Follows the life of devices (net/ipv4/devinet.c: inetdev_event). */
export function inetdev_event(event: number, dev: net_device): void {
  if (event === NETDEV_REGISTER && dev.ip_ptr === null) inetdev_init(dev);
  const in_dev = dev.ip_ptr;
  if (in_dev === null) return;
  if (event === NETDEV_UP && wants_multicast(dev)) dev_mc_add(dev, Uint8Array.from(all_hosts), ETH_ALEN, 0);
  if (event === NETDEV_DOWN && wants_multicast(dev))
    dev_mc_delete(dev, Uint8Array.from(all_hosts), ETH_ALEN, 0);
  if (event === NETDEV_UNREGISTER) inetdev_destroy(in_dev);
}

/** The hardware address to which a packet for the peer goes (net/ipv4/arp.c: arp_constructor). */
export function neighbour_address(in_dev: in_device): Uint8Array {
  return in_dev.dev.flags & (IFF_NOARP | IFF_LOOPBACK) ? in_dev.dev.dev_addr : in_dev.peer_ha;
}
