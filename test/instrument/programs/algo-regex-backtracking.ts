// A backtracking regular expression matcher made of generators, checked against the native one.
type Matcher = (s: string, at: number, groups: Map<number, string>) => Generator<number>;
const char = (test: (c: string) => boolean): Matcher =>
  function* (s, at) {
    if (at < s.length && test(s[at]!)) yield at + 1;
  };
const seq = (...ms: Matcher[]): Matcher =>
  ms.reduceRight<Matcher>(
    (rest, m) =>
      function* (s, at, g) {
        for (const mid of m(s, at, g)) yield* rest(s, mid, g);
      },
    function* (_, at) {
      yield at;
    },
  );
const alt = (...ms: Matcher[]): Matcher =>
  function* (...args) {
    for (const m of ms) yield* m(...args);
  };
const repeat = (m: Matcher, min: number, max: number, greedy = true): Matcher =>
  function* self(s, at, g): Generator<number> {
    const more = function* () {
      if (max > 0) for (const mid of m(s, at, g)) if (mid > at || min > 0) yield* repeat(m, Math.max(0, min - 1), max - 1, greedy)(s, mid, g);
    };
    if (greedy) yield* more();
    if (min <= 0) yield at;
    if (!greedy) yield* more();
  };
const group = (n: number, m: Matcher): Matcher =>
  function* (s, at, g) {
    const old = g.get(n);
    for (const end of m(s, at, g)) {
      g.set(n, s.slice(at, end));
      yield end;
    }
    old === undefined ? g.delete(n) : g.set(n, old);
  };
function compile(p: string): Matcher {
  let [i, groups] = [0, 0];
  const alternatives = (): Matcher => {
    const options = [sequence()];
    while (p[i] === "|") i++, options.push(sequence());
    return options.length > 1 ? alt(...options) : options[0]!;
  };
  const sequence = (): Matcher => {
    const parts: Matcher[] = [];
    while (i < p.length && p[i] !== ")" && p[i] !== "|") {
      let m = atom();
      const q = ({ "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] } as any)[p[i]!];
      if (q) i++, (m = repeat(m, q[0], q[1], !(p[i] === "?" && ++i)));
      parts.push(m);
    }
    return seq(...parts);
  };
  const atom = (): Matcher => {
    const c = p[i++]!;
    if (c !== "(") return char(c === "." ? () => true : (x) => x === c);
    const n = ++groups;
    const m = alternatives();
    if (p[i++] !== ")") throw new SyntaxError("group");
    return group(n, m);
  };
  return alternatives();
}
export function main(log: Log): unknown {
  const tests = [["a(b|c)*d", "abcbd"], ["(a+)(a*)b", "aaab"], ["(a+?)(a*)b", "aaab"], ["(x|xy)(z|yz)?", "xyz"], ["(a|ab)(c|bcd)(d*)", "abcd"], ["a.c", "abd"], ["((a)|b)+", "ab"]];
  return tests.map(([p, s]) => {
    const groups = new Map<number, string>();
    let end = -1;
    for (end of compile(p!)(s!, 0, groups)) break;
    const native = new RegExp(`^(?:${p})`).exec(s!);
    log(end === (native?.[0].length ?? -1));
    return [end, [...groups].sort(([a], [b]) => a - b)];
  });
}
