// Maps, sets and arrays that change while something walks over them.
export function main(log: Log): unknown {
  const out: unknown[] = [];
  const set = new Set([1, 2, 3]);
  for (const x of set) {
    out.push(x);
    set.delete(x);
    if (x < 6) set.add(x + 3);
    if (x === 2) set.delete(3), set.add(3);
  }
  const map = new Map<any, any>([["a", 1], ["b", 2]]);
  map.forEach((v, k, self) => {
    log(k, v, self === map);
    if (v < 6) self.set(k + v, v + 1).delete(k);
  });
  const list = [1, 2, 3, 4];
  for (const [i, x] of list.entries()) {
    if (x % 2 && list.length < 8) list.push(x * 10);
    if (i === 1) list.shift();
    out.push(`${i}=${x}`);
  }
  const holes: any[] = [0, , 2, , 4];
  const visited: unknown[] = [];
  holes.forEach((x, i, all) => {
    visited.push([i, x]);
    if (i === 0) all[1] = "filled";
    if (i === 2) delete all[4], (all[6] = "too late");
  });
  const keys = map.keys();
  const first = keys.next();
  map.clear();
  map.set("new", 0);
  out.push(first, keys.next(), keys.next());
  const object: any = { a: 1, b: 2, c: 3 };
  for (const k in object) {
    if (k === "a") delete object.b;
    object[k + k] = 0;
    visited.push(k);
  }
  const reduced = [1, 2, 3].reduce((sum, x, i, all) => (i === 0 && (all.length = 2), sum + x), 100);
  return [out, [...set], [...map], list, holes, visited, reduced];
}
