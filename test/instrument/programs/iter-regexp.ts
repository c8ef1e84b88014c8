// matchAll, sticky loops, replace with functions and named groups, custom Symbol.replace and split.
export function main(log: Log): unknown {
  const text = "eth0=up mtu:1500 eth1=down, lo=up mtu:16436";
  const pairs: Record<string, string> = {};
  for (const { groups, index, 0: whole } of text.matchAll(/(?<dev>\w+)=(?<state>up|down)/g)) {
    log(index, whole);
    pairs[groups!.dev] = groups!.state;
  }
  const replaced = text.replace(/(\w+)(=|:)(\w+)/g, (whole, a: string, op: string, b: string, at: number, all: string) => {
    log(at, all.length);
    return op === ":" ? `[${a.replace(/./g, (c, i: number) => (i ? c : c.toUpperCase()))} ${+b / 4}]` : whole;
  });
  const scanner = /\s*(?:(\d+)|(\w+)|(.))/y;
  const tokens: string[] = [];
  for (let m: RegExpExecArray | null; scanner.lastIndex < text.length && (m = scanner.exec(text)); )
    tokens.push(m[1] ? "N" + m[1] : m[2] ? "W" + m[2] : "P" + m[3]);
  const custom: any = {
    [Symbol.replace](s: string, by: unknown) {
      log("custom replace", s.length, typeof by);
      return typeof by === "function" ? by(s.slice(0, 3)) : by;
    },
    [Symbol.split]: (s: string, limit?: number) => [s.length, limit],
    [Symbol.match]: (s: string) => ["matched " + s[0]],
    [Symbol.search]: () => 42,
  };
  const results = [text.replace(custom, ((x: string) => `<${x}>`) as any), text.split(custom, 3), text.match(custom), text.search(custom)];
  let n = 0;
  const all = "a-b-c".replaceAll("-", () => String(++n)).replaceAll(/\d/g, (d) => "x".repeat(+d));
  class Loud extends RegExp {
    exec(s: string) {
      const r = super.exec(s);
      log("exec", this.lastIndex, r && r[0]);
      return r;
    }
  }
  return [pairs, replaced, tokens, results, all, "x1y22".replace(new Loud("\\d+", "g"), (d) => `(${d})`), new Loud("y").test("xy")];
}
