// Which of base, key, value and coercion happens first, on success and on failure.
export function main(log: Log): unknown {
  const note = <T>(tag: string, value: T): T => (log(tag), value);
  const key = (tag: string, name: string) => ({
    toString() {
      log("key " + tag);
      return name;
    },
  });
  const target: any = { a: 1, nested: { b: 2 } };
  note("base", target)[note("k", key("a", "a")) as any] = note("value", 10);
  note("base2", target).nested[note("k2", key("b", "b")) as any] = note("v2", note("v2 inner", 5) + 1);
  for (const base of [null, undefined] as any[]) {
    try {
      note("nothing", base)[note("k3", key("c", "c")) as any] = note("v3", 1);
    } catch (error) {
      log((error as Error).name);
    }
  }
  let x: any = { name: "first" };
  const first = x;
  x.next = x = { name: "second" }; // the classic: the old x gets the reference
  log(first.next === x, x.next);
  let i = 0;
  const list: any[] = ["a", "b", "c", "d"];
  list[i++] = list[i++] + list[i++] + i;
  list[i] = i = 0;
  const chain: any = {};
  chain.p = chain.q = chain["r"] = note("shared", [1]);
  chain.p.push(2);
  return [target, list, i, chain.r, Object.keys(chain)];
}
