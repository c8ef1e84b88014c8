/** Writes the frames that pass through network devices as a pcap file: a listener of the machine. */
import type { DeviceLike, EventType, Listener, SkbLike } from "../machine/events.ts";

interface Machine {
  on<T extends EventType>(type: T, listener: Listener<T>): unknown;
}

/** A socket buffer, as far as its bytes are concerned. */
interface PacketBytes extends SkbLike {
  readonly data: Uint8Array;
  readonly mac?: { readonly raw: Uint8Array | null };
}

/** Times in nanoseconds, link type Ethernet, frames up to 64 KiB. */
const MAGIC_NS = 0xa1b23c4d;
const LINKTYPE_ETHERNET = 1;
const SNAP_LENGTH = 65_535;
const GLOBAL_HEADER = 24;
const RECORD_HEADER = 16;

/**
 * Collects frames. With a card: what passes through its cable. Without: those that a driver accepts, when it gets them, and
 * those that it hands to the stack.
 */
export class PcapWriter {
  readonly #records: Uint8Array[] = [];
  readonly #wire: Uint8Array[] = [];
  readonly #offered = new Map<number, Uint8Array>();

  constructor(machine: Machine) {
    machine.on("wire-frame", (e) => void this.#wire.push(record(e.timeNs, e.bytes)));
    machine.on("skb-to-driver", (e) => void this.#offered.set(e.skb.id, record(e.timeNs, frameOut(e.skb))));
    machine.on("xmit-result", (e) => this.#accepted(e.skb, e.result, e.device));
    machine.on("skb-to-stack", (e) => {
      if (e.fn !== "dev_queue_xmit") this.#records.push(record(e.timeNs, frameIn(e.skb)));
    });
  }

  /** Frames so far. */
  get count(): number {
    return this.#frames.length;
  }

  get #frames(): readonly Uint8Array[] {
    return this.#wire.length > 0 ? this.#wire : this.#records;
  }

  /** The whole file, in order of time: a driver accepts a frame some time after it was offered. */
  file(): Uint8Array {
    const records = [...this.#frames].sort((a, b) => timeOf(a) - timeOf(b));
    const size = records.reduce((sum, r) => sum + r.length, GLOBAL_HEADER);
    const bytes = new Uint8Array(size);
    bytes.set(globalHeader());
    let at = GLOBAL_HEADER;
    for (const r of records) {
      bytes.set(r, at);
      at += r.length;
    }
    return bytes;
  }

  #accepted(skb: SkbLike, result: number, _device: DeviceLike): void {
    const offered = this.#offered.get(skb.id);
    this.#offered.delete(skb.id);
    if (offered !== undefined && result === 0) this.#records.push(offered);
  }
}

/** A frame on its way out begins at `data`. */
function frameOut(skb: SkbLike): Uint8Array {
  return (skb as PacketBytes).data;
}

/** A frame that came in: eth_type_trans has taken the Ethernet header off, `mac.raw` remembers where it was. */
function frameIn(skb: SkbLike): Uint8Array {
  const { data, mac } = skb as PacketBytes;
  const raw = mac?.raw ?? null;
  if (raw === null || raw.buffer !== data.buffer || raw.byteOffset > data.byteOffset) return data;
  return new Uint8Array(data.buffer, raw.byteOffset, data.byteOffset + data.byteLength - raw.byteOffset);
}

function globalHeader(): Uint8Array {
  const view = new DataView(new ArrayBuffer(GLOBAL_HEADER));
  view.setUint32(0, MAGIC_NS, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, SNAP_LENGTH, true);
  view.setUint32(20, LINKTYPE_ETHERNET, true);
  return new Uint8Array(view.buffer);
}

function record(timeNs: number, frame: Uint8Array): Uint8Array {
  const length = Math.min(frame.length, SNAP_LENGTH);
  const bytes = new Uint8Array(RECORD_HEADER + length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(timeNs / 1e9), true);
  view.setUint32(4, timeNs % 1e9, true);
  view.setUint32(8, length, true);
  view.setUint32(12, frame.length, true);
  bytes.set(frame.subarray(0, length), RECORD_HEADER);
  return bytes;
}

function timeOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer);
  return view.getUint32(0, true) * 1e9 + view.getUint32(4, true);
}
