// Proxied arrays: negative indices, change records of push, splice, sort, reverse and length.
export function main(log: Log): unknown {
  type Change = [string, string, unknown?];
  const observe = (list: any[], changes: Change[]): any[] =>
    new Proxy(list, {
      get(t, k, r) {
        if (typeof k === "string" && /^-\d+$/.test(k)) return t[t.length + +k];
        return Reflect.get(t, k, r);
      },
      set(t, k, v, r) {
        changes.push(["set", String(k), v]);
        return Reflect.set(t, k, v, r);
      },
      deleteProperty(t, k) {
        changes.push(["delete", String(k)]);
        return Reflect.deleteProperty(t, k);
      },
      defineProperty(t, k, d) {
        if (d.value === "forbidden") return false;
        return Reflect.defineProperty(t, k, d);
      },
      has: (t, k) => (changes.push(["has", String(k)]), Reflect.has(t, k)),
    });
  const changes: Change[] = [];
  const raw = [5, 3, 8];
  const list = observe(raw, changes);
  const results: unknown[] = [list.push(1), list[-1], list.splice(1, 1, "a", "b"), list.shift(), list.unshift("u"), list.reverse().length];
  const mark = changes.length;
  list.sort((x, y) => (String(x) < String(y) ? -1 : 1));
  list.length = 3;
  list.copyWithin(0, 1);
  list[0] += "!";
  [list[0], list[1]] = [list[1], list[0]];
  delete list[2];
  try {
    list[1] = "forbidden";
  } catch (error) {
    results.push((error as Error).name);
  }
  const copied = [...list, ...list.filter(() => true), ...list.entries()];
  let forced: unknown;
  try {
    new Proxy(Object.freeze({ x: 1 }), { get: () => 2 }).x;
  } catch (error) {
    forced = (error as Error).name;
  }
  log(mark, changes.slice(mark));
  return [results, raw, changes.slice(0, mark), copied, forced, Object.keys(list), list.indexOf("b")];
}
