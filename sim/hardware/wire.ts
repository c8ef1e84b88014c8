/** A cable of 100 Mbit/s between a card and its peer. */
import { echo, type FrameKind, makeFrame } from "./frames.ts";
import type { Engine } from "./nic.ts";

const BIT_NS = 10;
/** Preamble, FCS and the gap between frames, in bytes. */
const OVERHEAD = 8 + 4 + 12;
/** Frames shorter than this, without FCS, are padded. */
export const MIN_FRAME = 60;

export type PeerBehaviour = "echo" | "sink" | "discard";

/** What the cable needs of the card at its end. */
export interface CableEnd {
  received(frame: Uint8Array, bad: "crc" | "runt" | null): void;
  carrierChanged(on: boolean): void;
  frame(direction: "out" | "in", bytes: Uint8Array, delivered: boolean): void;
}

export interface Injection {
  readonly kind: FrameKind;
  readonly count: number;
  readonly size: number;
  readonly gapNs: number;
  readonly bad: "crc" | "runt" | null;
  readonly fromMac: Uint8Array;
  readonly toMac: Uint8Array;
  readonly fromIp: number;
  readonly toIp: number;
}

interface Arrival {
  readonly atNs: number;
  readonly frame: Uint8Array;
  readonly bad: "crc" | "runt" | null;
}

export class Wire {
  peer: PeerBehaviour = "sink";
  carrier = true;
  /** Frames that the peer has counted. */
  received = 0;
  readonly #end: CableEnd;
  readonly #out: Engine;
  readonly #in: Engine;
  readonly #now: () => number;
  readonly #arrivals: Arrival[] = [];
  /** When the peer's transmitter is free again. */
  #peerFreeNs = 0;
  #sequence = 0;

  constructor(end: CableEnd, engine: (name: string) => Engine, now: () => number) {
    this.#end = end;
    this.#now = now;
    this.#out = engine("cable out");
    this.#in = engine("cable in");
  }

  /** The card sends: it takes the frame's length, cable or no cable. */
  transmit(frame: Uint8Array, sent: () => void): void {
    const bytes = padded(frame);
    this.#out.after(timeOf(bytes), () => {
      const { carrier } = this;
      this.#end.frame("out", bytes, carrier);
      sent();
      if (carrier) this.#peerGets(bytes);
    });
  }

  /** The card forgets what it was sending. */
  abort(): void {
    this.#out.cancel();
  }

  plug(on: boolean): void {
    if (this.carrier === on) return;
    this.carrier = on;
    this.#end.carrierChanged(on);
  }

  /** The peer sends frames, one after the other. @returns when the last one has been sent */
  inject(what: Injection): number {
    for (let i = 0; i < what.count; i++) {
      if (i > 0) this.#peerFreeNs = Math.max(this.#peerFreeNs, this.#now()) + what.gapNs;
      const made = makeFrame(what.kind, what.size, what, this.#sequence++);
      this.#peerSends(what.bad === "runt" ? made.subarray(0, 40) : padded(made), what.bad);
    }
    return Math.max(this.#peerFreeNs, this.#now());
  }

  #peerGets(frame: Uint8Array): void {
    if (this.peer !== "discard") this.received++;
    if (this.peer === "echo") this.#peerSends(echo(frame), null);
  }

  #peerSends(frame: Uint8Array, bad: "crc" | "runt" | null): void {
    const atNs = Math.max(this.#peerFreeNs, this.#now()) + timeOf(frame);
    this.#peerFreeNs = atNs;
    this.#arrivals.push({ atNs, frame, bad });
    if (!this.#in.busy) this.#waitForArrival();
  }

  #waitForArrival(): void {
    const next = this.#arrivals[0];
    if (next !== undefined) this.#in.after(next.atNs - this.#now(), () => this.#arrive());
  }

  #arrive(): void {
    const next = this.#arrivals.shift();
    if (next !== undefined) {
      this.#end.frame("in", next.frame, this.carrier);
      if (this.carrier) this.#end.received(next.frame, next.bad);
    }
    this.#waitForArrival();
  }
}

function timeOf(frame: Uint8Array): number {
  return (frame.length + OVERHEAD) * 8 * BIT_NS;
}

function padded(frame: Uint8Array): Uint8Array {
  if (frame.length >= MIN_FRAME) return frame;
  const bytes = new Uint8Array(MIN_FRAME);
  bytes.set(frame);
  return bytes;
}
