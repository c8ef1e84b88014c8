// Myers difference and a three-way merge, with generators for the edit script and Maps for the frontiers.
type Edit<T> = { op: "=" | "+" | "-"; item: T };
function* diff<T>(a: readonly T[], b: readonly T[]): Generator<Edit<T>, number> {
  const trace: Map<number, number>[] = [];
  let v = new Map<number, number>([[1, 0]]);
  let cost = 0;
  search: for (; ; cost++) {
    trace.push(new Map(v));
    for (let k = -cost; k <= cost; k += 2) {
      const down = k === -cost || (k !== cost && v.get(k - 1)! < v.get(k + 1)!);
      let x = down ? v.get(k + 1)! : v.get(k - 1)! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      v.set(k, x);
      if (x >= a.length && x - k >= b.length) break search;
    }
  }
  const edits: Edit<T>[] = [];
  for (let x = a.length, y = b.length, d = cost; x > 0 || y > 0; d--) {
    const past = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && (past.get(k - 1) ?? -1) < past.get(k + 1)!);
    const px = d === 0 ? 0 : down ? past.get(k + 1)! : past.get(k - 1)!;
    const py = d === 0 ? 0 : px - (down ? k + 1 : k - 1);
    while (x > px + (d === 0 || down ? 0 : 1) && y > py + (d > 0 && down ? 1 : 0) && x > 0 && y > 0) edits.unshift({ op: "=", item: a[(x--, y--, x)]! });
    if (d > 0) edits.unshift(down ? { op: "+", item: b[--y]! } : { op: "-", item: a[--x]! });
    else break;
  }
  yield* edits;
  return cost;
}
const patch = <T>(script: Iterable<Edit<T>>) => [...script].flatMap(({ op, item }) => (op === "-" ? [] : [item]));
export function main(log: Log): unknown {
  const pairs = [["abcabba", "cbabac"], ["", "new"], ["gone", ""], ["same", "same"], ["kitten", "sitting"]];
  return pairs.map(([a, b]) => {
    const it = diff([...a!], [...b!]);
    let text = "";
    let step = it.next();
    for (; !step.done; step = it.next()) text += step.value.op === "=" ? step.value.item : step.value.op + step.value.item;
    log(patch(diff([...a!], [...b!])).join("") === b);
    return [text, step.value];
  });
}
