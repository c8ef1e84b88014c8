// Build and parse Ethernet, IPv4 and UDP headers with DataView, checksums and both byte orders.
class Writer {
  #view: DataView;
  #at = 0;
  constructor(size: number) {
    this.#view = new DataView(new ArrayBuffer(size));
  }
  put(...parts: ([8 | 16 | 32, number] | Uint8Array | [64, bigint])[]): this {
    for (const part of parts) {
      if (part instanceof Uint8Array) for (const b of part) this.#view.setUint8(this.#at++, b);
      else {
        const [bits, value] = part;
        if (bits === 64) this.#view.setBigUint64(this.#at, value, true);
        else this.#view[`setUint${bits}`](this.#at, value as number);
        this.#at += bits / 8;
      }
    }
    return this;
  }
  patch = (at: number, f: (view: DataView) => number) => (this.#view.setUint16(at, f(this.#view)), this);
  get bytes() {
    return new Uint8Array(this.#view.buffer, 0, this.#at);
  }
}
function checksum(view: DataView, from: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i += 2) sum += i + 1 < length ? view.getUint16(from + i) : view.getUint8(from + i) << 8;
  while (sum >>> 16) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
const mac = (s: string) => Uint8Array.from(s.split(":"), (x) => parseInt(x, 16));
export function main(log: Log): unknown {
  const payload = Uint8Array.from("snull!", (c) => c.charCodeAt(0));
  const frame = new Writer(64)
    .put(mac("00:53:4e:55:4c:01"), mac("ff:ff:ff:ff:ff:ff"), [16, 0x0800])
    .put([8, 0x45], [8, 0], [16, 20 + 8 + payload.length], [16, 1], [16, 0x4000], [8, 64], [8, 17], [16, 0], [32, 0xc0a80001], [32, -1062731519])
    .patch(24, (v) => checksum(v, 14, 20))
    .put([16, 5000], [16, 5001], [16, 8 + payload.length], [16, 0], payload, [64, 0x0102030405060708n]).bytes;
  const view = new DataView(frame.buffer);
  const header = { version: view.getUint8(14) >> 4, ihl: (view.getUint8(14) & 15) * 4, length: view.getUint16(16), swapped: view.getUint16(16, true), source: view.getUint32(26), signed: view.getInt32(26) };
  log(header, checksum(view, 14, 20));
  const hex = [...frame].map((b) => b.toString(16).padStart(2, "0")).join("");
  let error: unknown;
  try {
    view.getUint32(frame.buffer.byteLength - 2);
  } catch (e) {
    error = (e as Error).name;
  }
  view.setFloat32(0, Math.PI, true);
  return [hex, String.fromCharCode(...frame.subarray(42, 48)), view.getBigUint64(48), view.getBigInt64(48, true), error, view.getFloat32(0, true), view.getInt16(2), view.getFloat64(48)];
}
