// Base64, variable-length integers with zigzag, COBS framing and hex dumps, each with its inverse.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const encode64 = (bytes: Uint8Array) => {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b = undefined, c = undefined] = bytes.subarray(i, i + 3) as any as number[];
    const n = (a! << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += [18, 12, 6, 0].map((s, k) => (k === 2 && b === undefined) || (k === 3 && c === undefined) ? "=" : alphabet[(n >> s) & 63]).join("");
  }
  return out;
};
const decode64 = (s: string) => {
  const bytes: number[] = [];
  for (let i = 0, acc = 0, bits = 0; i < s.length && s[i] !== "="; i++) {
    acc = ((acc << 6) | alphabet.indexOf(s[i]!)) & 0xffffff;
    if ((bits += 6) >= 8) bytes.push((acc >> (bits -= 8)) & 255);
  }
  return Uint8Array.from(bytes);
};
function* varints(...values: number[]): Generator<number> {
  for (let v of values) {
    for (v = ((v << 1) ^ (v >> 31)) >>> 0; v > 127; v >>>= 7) yield (v & 127) | 128;
    yield v;
  }
}
function* unvarints(bytes: Iterable<number>): Generator<number> {
  let [v, shift] = [0, 0];
  for (const b of bytes) {
    v |= (b & 127) << shift;
    if (b & 128) shift += 7;
    else {
      yield (v >>> 1) ^ -(v & 1);
      [v, shift] = [0, 0];
    }
  }
}
const cobs = (data: number[]) => {
  const out: number[] = [];
  for (let start = 0; start <= data.length; ) {
    let end = data.indexOf(0, start);
    if (end < 0) end = data.length;
    out.push(end - start + 1, ...data.slice(start, end));
    start = end + 1;
  }
  return out;
};
const uncobs = (data: number[]) => {
  const out: number[] = [];
  for (let i = 0; i < data.length; i += data[i]!) i && out.push(0), out.push(...data.slice(i + 1, i + data[i]!));
  return out;
};
export function main(log: Log): unknown {
  const texts = ["", "f", "fo", "foo", "\x00\xff\x80 mixed"].map((t) => Uint8Array.from(t, (c) => c.charCodeAt(0)));
  for (const t of texts) log(encode64(t), decode64(encode64(t)).join() === t.join());
  const numbers = [0, -1, 1, 300, -70000, 2 ** 31 - 1, -(2 ** 31)];
  const frame = [0, 1, 0, 0, 7, 8, 0];
  return [[...varints(...numbers)], [...unvarints(varints(...numbers))], cobs(frame), uncobs(cobs(frame)), cobs([])];
}
