import BTreeModule from "sorted-btree";

type BTreeClass = typeof BTreeModule;
/** The package is CommonJS with a `default` inside. */
const BTree = (BTreeModule as unknown as { default?: BTreeClass }).default ?? BTreeModule;

export function main(log: Log, small: boolean): unknown {
  const t = new BTree<number, string>(undefined, undefined, 4);
  const count = small ? 12 : 300;
  for (let i = 0, x = 17; i < count; i++, x = (x * 73) % 997) t.set(x, `v${i}`);
  const copy = t.clone();
  log(t.size, t.height, t.minKey(), t.maxKey());
  log(
    t.deleteRange(100, 400, true),
    t.editRange(0, 99, true, (k, v) => (k % 2 ? { delete: true } : { value: v.toUpperCase() })),
  );
  t.checkValid();
  const words = new BTree<string, number>(
    [
      ["b", 2],
      ["a", 1],
      ["c", 3],
    ],
    (a, b) => (a < b ? 1 : +(a !== b) * -1),
  );
  return [
    t.toArray().slice(0, 10),
    copy.size,
    [...copy.entriesReversed()].slice(0, 3),
    t.nextHigherPair(500),
    t.nextLowerKey(500),
    words.keysArray(),
    t.reduce((a, [k]) => a + k, 0),
    copy.filter((k) => k < 50).toArray(),
    words.mapValues((v) => v * v).valuesArray(),
  ];
}
