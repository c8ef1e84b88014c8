/** The state of a net_device that rules look at (include/linux/netdevice.h: netdev_state_t, reg_state). */
import type { DeviceLike } from "../../machine/events.ts";

/** The fields of the kernel's struct net_device that rules read. */
export interface NetDevice extends DeviceLike {
  readonly state?: { readonly words: readonly number[] };
  readonly reg_state?: number;
  readonly weight?: number;
  readonly priv?: unknown;
  readonly netdev_private?: unknown;
  readonly allocated?: boolean;
  readonly poll_disabled?: number;
  readonly qdisc?: { readonly qlen: number } | null;
  readonly hard_start_xmit?: { readonly name: string } | null;
  readonly poll?: { readonly name: string } | null;
  readonly destructor?: { readonly name: string } | null;
}

const XOFF = 0;
const START = 1;
const PRESENT = 2;
const NOCARRIER = 4;
const RX_SCHED = 5;

const NETREG_REGISTERING = 1;
const NETREG_REGISTERED = 2;

function bit(device: DeviceLike, nr: number): boolean {
  return (((device as NetDevice).state?.words[0] ?? 0) & (1 << nr)) !== 0;
}

export function stopped(device: DeviceLike): boolean {
  return bit(device, XOFF);
}

export function running(device: DeviceLike): boolean {
  return bit(device, START);
}

/** Not detached. */
export function present(device: DeviceLike): boolean {
  return bit(device, PRESENT);
}

export function carrierOff(device: DeviceLike): boolean {
  return bit(device, NOCARRIER);
}

export function pollScheduled(device: DeviceLike): boolean {
  return bit(device, RX_SCHED);
}

/** register_netdevice has got so far that others can use the device. */
export function registered(device: DeviceLike): boolean {
  const { reg_state } = device as NetDevice;
  return reg_state === NETREG_REGISTERING || reg_state === NETREG_REGISTERED;
}

/** Packets that wait in the qdisc. */
export function waiting(device: DeviceLike): number {
  return (device as NetDevice).qdisc?.qlen ?? 0;
}

/** The driver's private area. */
export function privateOf(device: DeviceLike): object | null {
  const { netdev_private, priv } = device as NetDevice;
  const area = netdev_private ?? priv;
  return typeof area === "object" ? area : null;
}
