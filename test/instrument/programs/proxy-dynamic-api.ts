// Fluent builders and spies made of proxies: property paths, call recording, default objects, with `in` ranges.
type Any = any;
const path = (parts: string[] = []): Any =>
  new Proxy(function () {}, {
    get: (_, k) => (k === Symbol.toPrimitive ? () => parts.join(".") : typeof k === "symbol" ? undefined : path([...parts, k])),
    apply: (_, self, args) => path([...parts.slice(0, -1), `${parts.at(-1)}(${args.join()})`]),
    construct: (_, args) => ({ built: parts.join("/"), args }),
    has: (_, k) => parts.includes(String(k)),
    deleteProperty: (_, k) => parts.length > 1 && parts.splice(parts.indexOf(String(k)), 1).length > 0,
  });
const range = (lo: number, hi: number): Any => new Proxy({}, { has: (_, k) => Number(k) >= lo && Number(k) < hi, ownKeys: () => Array.from({ length: hi - lo }, (_, i) => String(lo + i)), getOwnPropertyDescriptor: (_, k) => ({ value: Number(k) ** 2, enumerable: true, configurable: true }) });
function spy<F extends (...a: Any[]) => Any>(f: F): F & { calls: Any[] } {
  const calls: Any[] = [];
  return new Proxy(f, {
    get: (t, k, r) => (k === "calls" ? calls : Reflect.get(t, k, r)),
    apply(t, self, args) {
      const entry: Any = { args: [...args], self: self?.id };
      calls.push(entry);
      try {
        return (entry.result = Reflect.apply(t, self, args));
      } catch (error) {
        entry.error = (error as Error).message;
        throw error;
      }
    },
  }) as Any;
}
const tree = (): Any => new Proxy({} as Any, { get: (t, k) => (k in t || typeof k === "symbol" || k === "toJSON" ? t[k] : (t[k] = tree())) });
export function main(log: Log): unknown {
  const api = path();
  const built = new api.make.thing(1, 2);
  const chained = `${api.users(5).posts.first("x").title}`;
  const half = spy(function (this: Any, n: number): number {
    if (n % 2) throw new Error("odd " + n);
    return n === 0 ? 0 : 1 + half.call({ id: n }, n / 2);
  });
  const tried = [8, 6, 0].map((n) => {
    try {
      return half(n);
    } catch (e) {
      return (e as Error).message;
    }
  });
  const t = tree();
  t.a.b.c = 1;
  t.a.list ||= [1];
  t.x.y.z ??= 2;
  log(half.calls.length, half.name);
  const p = api.a.b.c;
  return [built, chained, tried, half.calls, JSON.stringify(t), 5 in range(3, 8), 8 in range(3, 8), { ...range(2, 5) }, Object.keys(range(0, 3)), "b" in p, delete p.b, `${p}`, typeof p];
}
