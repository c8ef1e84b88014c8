import { Deflate, deflate, deflateRaw, gzip, Inflate, inflate, inflateRaw, ungzip } from "pako";

export function main(log: Log, small: boolean): unknown {
  const text = Array.from({ length: small ? 4 : 120 }, (_, i) => `packet ${i * i} of ${i % 7} `).join("");
  const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
  const sum = (b: Uint8Array): number => b.reduce((a, x) => (Math.imul(a, 31) + x) | 0, b.length);
  for (const level of small ? ([1] as const) : ([0, 1, 6, 9] as const)) {
    const packed = deflate(bytes, { level });
    log(level, packed.length, sum(packed), sum(inflate(packed)) === sum(bytes));
  }
  if (small) return sum(inflateRaw(deflateRaw(bytes)));
  const stream = new Deflate({ chunkSize: 64 });
  for (let i = 0; i < bytes.length; i += 500)
    stream.push(bytes.subarray(i, i + 500), i + 500 >= bytes.length);
  const back = new Inflate();
  back.push(stream.result as Uint8Array, true);
  const broken = gzip(bytes);
  broken[20]! ^= 255;
  try {
    log(ungzip(broken).length);
  } catch (error) {
    log(String(error));
  }
  return [
    sum(stream.result as Uint8Array),
    sum(back.result as Uint8Array) === sum(bytes),
    sum(gzip("snull")),
  ];
}
