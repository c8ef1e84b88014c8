import { expect, test } from "vitest";
import type { EventType, Listener } from "../machine/events.ts";
import { PcapWriter } from "./pcap.ts";

/** A machine of which only the events are needed. */
class Events {
  readonly #listeners = new Map<string, Listener[]>();
  on(type: EventType, listener: Listener<never>): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener as unknown as Listener]);
  }
  emit(type: EventType, timeNs: number, fields: object): void {
    for (const listener of this.#listeners.get(type) ?? []) listener({ type, timeNs, ...fields } as never);
  }
}

const skb = (id: number, bytes: readonly number[], mac: Uint8Array | null = null) => ({
  id,
  len: bytes.length,
  data: Uint8Array.from(bytes),
  mac: { raw: mac },
});

/** [time, bytes] of each record. */
function records(file: Uint8Array): [number, number[]][] {
  const view = new DataView(file.buffer);
  const found: [number, number[]][] = [];
  for (let at = 24; at < file.length; ) {
    const length = view.getUint32(at + 8, true);
    const time = view.getUint32(at, true) * 1e9 + view.getUint32(at + 4, true);
    found.push([time, [...file.subarray(at + 16, at + 16 + length)]]);
    at += 16 + length;
  }
  return found;
}

test("a frame counts when the driver accepts it, with the bytes it was given", () => {
  const machine = new Events();
  const writer = new PcapWriter(machine as never);
  const packet = skb(1, [1, 2, 3]);
  machine.emit("skb-to-driver", 2_000_000_005, { skb: packet });
  packet.data[0] = 9;
  machine.emit("xmit-result", 2_000_000_009, { skb: packet, result: 0 });
  expect(records(writer.file())).toEqual([[2_000_000_005, [1, 2, 3]]]);
});

test("a frame that the driver refuses is not on the wire", () => {
  const machine = new Events();
  const writer = new PcapWriter(machine as never);
  machine.emit("skb-to-driver", 1, { skb: skb(1, [1]) });
  machine.emit("xmit-result", 2, { skb: skb(1, [1]), result: 1 });
  expect(writer.count).toBe(0);
});

test("a received frame gets back the header that eth_type_trans took off", () => {
  const machine = new Events();
  const writer = new PcapWriter(machine as never);
  const head = Uint8Array.from([0, 0, 10, 11, 12, 13]);
  machine.emit("skb-to-stack", 7, {
    fn: "netif_rx",
    skb: { id: 1, len: 2, data: head.subarray(4), mac: { raw: head.subarray(2) } },
  });
  expect(records(writer.file())).toEqual([[7, [10, 11, 12, 13]]]);
});
