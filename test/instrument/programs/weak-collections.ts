// WeakMap and WeakSet as private state, caches, visited sets and brands across functions and classes.
const priv = new WeakMap<object, { secret: number; log: string[] }>();
const p = (o: object) => priv.get(o) ?? priv.set(o, { secret: 0, log: [] }).get(o)!;
class Hidden {
  constructor(secret: number) {
    p(this).secret = secret;
  }
  touch(by: string) {
    p(this).log.push(by);
    return (p(this).secret += by.length);
  }
  same(o: object) {
    return p(o).secret === p(this).secret;
  }
}
function clone<T>(value: T, seen = new WeakMap<object, unknown>()): T {
  if (typeof value !== "object" || value === null) return value;
  if (seen.has(value)) return seen.get(value) as T;
  const copy: any = Array.isArray(value) ? [] : value instanceof Map ? new Map() : Object.create(Object.getPrototypeOf(value));
  seen.set(value, copy);
  if (value instanceof Map) value.forEach((v, k) => copy.set(clone(k, seen), clone(v, seen)));
  for (const key of Reflect.ownKeys(value)) {
    const d = Object.getOwnPropertyDescriptor(value, key)!;
    if ("value" in d) d.value = clone(d.value, seen);
    Object.defineProperty(copy, key, d);
  }
  return copy;
}
const size = (root: unknown, visited = new WeakSet()): number => {
  if (typeof root !== "object" || root === null || visited.has(root)) return 0;
  visited.add(root);
  return 1 + Object.values(root).reduce((n, v) => n + size(v, visited), 0);
};
export function main(log: Log): unknown {
  const [a, b] = [new Hidden(1), new Hidden(4)];
  log(a.touch("abc"), a.same(b), Object.keys(a), p(a).log);
  const graph: any = { name: "root", items: [1, { deep: true }], map: new Map<any, any>([["k", { v: 1 }]]), get lazy() { return this.name + "!"; } };
  graph.self = graph;
  graph.items.push(graph.items, graph);
  graph.map.set(graph, graph.items[1]);
  const c = clone(graph);
  c.name = "copy";
  c.items[1].deep = "changed";
  const failures = [() => new WeakSet([1 as any]), () => new WeakMap([[1, 2]] as any), () => priv.set("x" as any, { secret: 1, log: [] })].map((f) => {
    try {
      return f();
    } catch (error) {
      return (error as Error).name;
    }
  });
  return [c.self === c, c.items[2] === c.items, c.items[3] === c, c.map.get(c) === c.items[1], graph.items[1].deep, c.lazy, graph.lazy, size(graph), size(c), failures, priv.has({})];
}
