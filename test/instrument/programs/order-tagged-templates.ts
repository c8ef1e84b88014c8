// Tags: the strings object is one per site, raw differs, base and substitutions in order.
type Strings = TemplateStringsArray;
const seen = new Map<Strings, number>();
function tag(strings: Strings, ...values: unknown[]) {
  seen.set(strings, (seen.get(strings) ?? 0) + 1);
  return { cooked: [...strings], raw: [...strings.raw], values, frozen: Object.isFrozen(strings) };
}
const site = (n: unknown) => tag`a${n}\n${n}z`;
export function main(log: Log): unknown {
  const object = {
    name: "obj",
    tag(s: Strings, ...v: unknown[]) {
      return this.name + s.join("|") + v.length;
    },
    curried(s: Strings) {
      return (s2: Strings, ...v: unknown[]) => s.raw[0] + s2[0] + v.join();
    },
  };
  const id = <T>(x: T) => (log("sub", x), x);
  const results = [
    site(1),
    site(2),
    (log("base"), object).tag`x${id(1)}y${id("two")}`,
    object.curried`\u0041${""}``mid${id(3)}${id(4)}`,
    `plain ${id("p")} ${`nested ${id("n")} ${[1, 2]}`} ${{ toString: () => (log("coerced"), "T") }}`,
    new (class {
      tag = tag;
    })().tag`new${id(0)}`.values,
  ];
  log([...seen.values()], site(3).frozen);
  try {
    `${Symbol("s") as any}`;
  } catch (e) {
    log((e as Error).name, (e as Error).message);
  }
  return [results, seen.size, tag`\unicode and \xerxes`.cooked];
}
