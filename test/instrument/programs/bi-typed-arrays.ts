// Typed arrays: views on one buffer, conversions, callbacks, iteration, out of range, set with overlap.
export function main(log: Log): unknown {
  const buffer = new ArrayBuffer(16);
  const bytes = new Uint8Array(buffer);
  const words = new Uint16Array(buffer, 2, 3);
  const signed = new Int8Array(buffer);
  const clamped = new Uint8ClampedArray(4);
  const floats = new Float32Array(buffer, 8);
  let calls = 0;
  const next = () => ++calls * 100;
  bytes[next() > 0 ? 0 : 1] = next();
  bytes[1] = -1;
  words[0]! |= 0xabcd;
  words[1] = 65537.9;
  words[5] = 3;
  (bytes as any)["-0"] = 5;
  (bytes as any)[1.5] = 7;
  bytes[100] = 1;
  signed[7] = 200;
  floats[0] = 1 / 3;
  clamped.set([300, -5, 1.5, 2.5]);
  bytes[14]++;
  bytes[14]--;
  bytes[15] += 257;
  const object = { valueOf: () => (log("valueOf"), 77) } as any;
  clamped[3] = object;
  const out: unknown[] = [[...bytes], [...words], floats[0], clamped, signed[7], bytes[100], 100 in bytes, Object.keys(words)];
  out.push(
    bytes.subarray(1, 4).map((b, i, all) => b * i + all.length),
    bytes.filter((b) => b).reduceRight((a, b) => a * 3 + b, 0) % 1000003,
    Array.from(words, (w) => w.toString(16)),
    bytes.findLast((b) => b > 100),
    new Int32Array([3, 1, 2]).toSorted((a, b) => b - a),
    new BigInt64Array([1n, -1n]).map((n) => n << 62n),
    new BigUint64Array(new BigInt64Array([-1n]).buffer)[0],
    Uint8Array.from({ length: 3 }, (_, i) => i * 130),
    new Uint8Array(new Set([1, 2]) as any),
    new Float64Array([0.1, -0]).join("|"),
  );
  bytes.copyWithin(4, 0, 4);
  bytes.set(bytes.subarray(0, 4), 2);
  bytes.subarray(8).fill(object);
  for (const [i, b] of bytes.entries()) if (i > 12) log(i, b);
  for (const f of [() => new Uint16Array(buffer, 1), () => bytes.set([1, 2], 15), () => ((new BigInt64Array(1) as any)[0] = 1), () => new Uint8Array(-1), () => (bytes as any).push(1)])
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).name);
    }
  return [out, [...bytes], buffer.slice(4, 6).byteLength, ArrayBuffer.isView(words)];
}
