/** A device's IPv4 side (include/linux/inetdevice.h): its address and the one neighbour that it talks to. */

import type { net_device } from "../core/net_device.ts";
import { sock } from "../core/sock.ts";

/** Parameters of neighbours on a device: what `dev.neigh_setup` may change. */
export class neigh_parms {
  dev: net_device | null = null;
  neigh_setup: ((neighbour: object) => number) | null = null;
  retrans_time = 250;
  base_reachable_time = 7500;
}

/** Addresses are numbers in host order: 10.0.0.1 is 0x0a000001. */
export class in_device {
  dev: net_device;
  address = 0;
  peer = 0;
  prefix = 24;
  /** Hardware address of the peer: a permanent neighbour entry. */
  peer_ha: Uint8Array = new Uint8Array(6);
  arp_parms = new neigh_parms();
  /** The socket that pays for what workloads send. */
  sk = new sock();
  udp_received = 0;
  echo_requests = 0;

  constructor(dev: net_device) {
    this.dev = dev;
  }
}

/** "10.0.0.1" as a number in host order; null if it is no address. */
export function in_aton(text: string): number | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let value = 0;
  for (const part of parts) {
    const byte = Number(part);
    if (!/^\d{1,3}$/.test(part) || byte > 255) return null;
    value = value * 256 + byte;
  }
  return value;
}

/** An address in host order as text. */
export function in_ntoa(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join(".");
}
