/** The network cards and their cables, from outside. Without a card the cable leads nowhere, and what needs a card says so. */
import {
  card_count,
  card_hang,
  card_unplug,
  wire_carrier,
  wire_inject,
  wire_peer,
  wire_received,
} from "hardware";
import { now_ns } from "machine";
import { pci_devices } from "../kernel/drivers/pci/pci_dev.ts";
import { ip_get_address } from "../kernel/net/socket.ts";
import { devices } from "./modules.ts";
import { sleepNs } from "./process.ts";
import { raise_shared_interrupt } from "./shared-line.ts";
import { refuse, step } from "./step.ts";

/** Frames that come in by the cable. */
export interface InjectOptions {
  /** Default 1. */
  count?: number;
  /** Bytes of a frame without FCS: default 64, up to 9018. */
  size?: number;
  /** Pause between two frames. */
  gapNs?: number;
  /** Hardware address: default the card's. */
  to?: string;
  kind?: "udp" | "ping" | "arp" | "raw";
  /** Sends frames that the card must not accept. */
  bad?: "crc" | "runt";
}

/** The other end of the cable. */
export interface Wire {
  /** Sends frames to the card and blocks until the last one has been sent; returns how many went out. */
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

const MAX_FRAME = 9018;
/** Where a frame comes from and goes to while no interface tells. */
const NOWHERE = { address: "10.0.0.1", peer: "10.0.0.2" };

/** Addresses of the interface behind card `i`. */
function addresses(i: number) {
  const name = devices()[i];
  const found = name === undefined ? null : ip_get_address(name);
  return found ?? { ...NOWHERE, peerMac: Uint8Array.of(0x02, 0x4c, 0x41, 0, 1, i) };
}

class Cable implements Wire {
  readonly #card: number;

  constructor(card: number) {
    this.#card = card;
  }

  inject(options: InjectOptions = {}): number {
    const { count = 1, size = 64, gapNs = 0, kind = "udp", bad = null, to = null } = options;
    if (!this.#fitted("inject")) return 0;
    if (pci_devices()[this.#card]?.driver === null) {
      step("wire.inject: no driver listens to the card");
      return count;
    }
    step(`wire${this.#card}.inject ${count} x ${size} bytes ${kind}`);
    const { address, peer, peerMac } = addresses(this.#card);
    const from = { fromMac: peerMac, fromIp: peer, toIp: address };
    const frames = { kind, count, size: Math.min(size, MAX_FRAME), gapNs, bad, to };
    const sent = wire_inject(this.#card, { ...frames, ...from });
    if (sent < 0) refuse(`wire.inject(): "${to}" is no hardware address such as 02:4c:41:00:00:00`);
    sleepNs(sent - now_ns());
    return count;
  }

  received(): number {
    return this.#card < card_count() ? wire_received(this.#card) : 0;
  }

  carrier(on: boolean): void {
    if (!this.#fitted("carrier")) return;
    step(`wire${this.#card}.carrier ${on}`);
    wire_carrier(this.#card, on);
  }

  peer(behaviour: "echo" | "sink" | "discard"): void {
    if (!this.#fitted("peer")) return;
    if (!["echo", "sink", "discard"].includes(behaviour))
      refuse(`wire.peer("${behaviour}"): a peer is "echo", "sink" or "discard"`);
    step(`wire${this.#card}.peer ${behaviour}`);
    wire_peer(this.#card, behaviour);
  }

  #fitted(what: string): boolean {
    if (this.#card < card_count()) return true;
    step(`wire.${what}: no card is fitted`);
    return false;
  }
}

class Slot implements Nic {
  readonly #card: number;

  constructor(card: number) {
    this.#card = card;
  }

  hang(): void {
    this.#need("hang");
    step(`nic${this.#card}.hang`);
    card_hang(this.#card);
  }

  unplug(): void {
    this.#need("unplug");
    step(`nic${this.#card}.unplug`);
    card_unplug(this.#card);
  }

  raiseSharedInterrupt(): void {
    this.#need("raiseSharedInterrupt");
    step(`nic${this.#card}.raiseSharedInterrupt`);
    raise_shared_interrupt(this.#card);
  }

  #need(what: string): void {
    if (this.#card >= card_count()) refuse(`nic.${what}() needs a network card, and none is fitted`);
  }
}

/** One a slot; the first is there even without a card. */
const slots = Array.from({ length: Math.max(1, card_count()) }, (_, i) => i);

/** The cables of all cards. */
export const wires: readonly Wire[] = slots.map((i) => new Cable(i));
/** The cable of the first card. */
export const wire: Wire = wires[0]!;
/** All cards. */
export const nics: readonly Nic[] = slots.map((i) => new Slot(i));
/** The first card. */
export const nic: Nic = nics[0]!;
