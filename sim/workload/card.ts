/**
 * The network card and its cable, from outside. This version fits no card: the cable leads nowhere and does nothing,
 * and what needs a card says so and ends the run.
 */
import { refuse, step } from "./step.ts";

/** Frames that come in by the cable. */
export interface InjectOptions {
  count?: number;
  size?: number;
  gapNs?: number;
  to?: string;
  kind?: "udp" | "ping" | "arp" | "raw";
  bad?: "crc" | "runt";
}

/** The other end of the cable. */
export interface Wire {
  /** Sends frames to the card; returns how many went out. */
  inject(options?: InjectOptions): number;
  /** Frames that the peer has received. */
  received(): number;
  /** Plugs the cable in or out. */
  carrier(on: boolean): void;
  /** What the peer does with a frame: send it back, count it, or nothing. */
  peer(behaviour: "echo" | "sink" | "discard"): void;
}

/** The card, as hands and tools see it. */
export interface Nic {
  /** The card stops moving frames until it is reset. */
  hang(): void;
  /** The card is pulled out: every read returns all ones. */
  unplug(): void;
  /** Another device on the same interrupt line raises it. */
  raiseSharedInterrupt(): void;
}

class LooseCable implements Wire {
  inject(_options: InjectOptions = {}): number {
    step("wire.inject: no card is fitted");
    return 0;
  }
  received(): number {
    return 0;
  }
  carrier(_on: boolean): void {
    step("wire.carrier: no card is fitted");
  }
  peer(_behaviour: "echo" | "sink" | "discard"): void {}
}

class EmptySlot implements Nic {
  hang(): void {
    refuse("nic.hang() needs a network card, and none is fitted");
  }
  unplug(): void {
    refuse("nic.unplug() needs a network card, and none is fitted");
  }
  raiseSharedInterrupt(): void {
    refuse("nic.raiseSharedInterrupt() needs a network card, and none is fitted");
  }
}

/** The cable of the first card. */
export const wire: Wire = new LooseCable();
/** The cables of all cards. */
export const wires: readonly Wire[] = [wire];
/** The first card. */
export const nic: Nic = new EmptySlot();
/** All cards. */
export const nics: readonly Nic[] = [nic];

/** Suspends every card to memory, other processes frozen. Without a card there is nothing to suspend. */
export function suspend(): number {
  step("suspend: no card is fitted");
  return 0;
}

/** Wakes every card again. */
export function resume(): number {
  step("resume: no card is fitted");
  return 0;
}

/** Sends what printk prints through a device, by netpoll. */
export function netconsole(_dev: string): { close(): void } {
  return refuse("netconsole() is not part of this version");
}
