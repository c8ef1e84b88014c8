// An immutable hash map with structural sharing, transient updates, iteration and equality by content.
type Leaf<V> = { hash: number; entries: [string, V][] };
type Branch<V> = { bitmap: number; slots: HNode<V>[] };
type HNode<V> = Leaf<V> | Branch<V>;
const hashOf = (s: string) => [...s].reduce((h, c) => (Math.imul(h, 33) ^ c.charCodeAt(0)) & 0xff, 5);
const bitsBelow = (map: number, bit: number) => { let n = 0; for (let m = map & (bit - 1); m; m &= m - 1) n++; return n; };
class PMap<V> implements Iterable<[string, V]> {
  static allocated = 0;
  private constructor(private readonly root: HNode<V> | null, readonly size: number) {}
  static empty = <V>() => new PMap<V>(null, 0);
  static #make<N extends object>(n: N): N {
    PMap.allocated++;
    return Object.freeze(n);
  }
  get(key: string, fallback?: V): V | undefined {
    const h = hashOf(key);
    let [node, shift] = [this.root, 0];
    while (node && "bitmap" in node) {
      const bit: number = 1 << ((h >>> shift) & 15);
      node = node.bitmap & bit ? node.slots[bitsBelow(node.bitmap, bit)]! : null;
      shift += 4;
    }
    return node?.entries.find(([k]) => k === key)?.[1] ?? fallback;
  }
  set(key: string, value: V): PMap<V> {
    const put = (node: HNode<V> | null | undefined, h: number, shift: number): HNode<V> => {
      if (!node) return PMap.#make({ hash: h, entries: [[key, value]] as [string, V][] });
      if ("entries" in node) {
        if (node.hash === h || shift > 8) return PMap.#make({ ...node, entries: [...node.entries.filter(([k]) => k !== key), [key, value] as [string, V]] });
        const branch = PMap.#make({ bitmap: 1 << ((node.hash >>> shift) & 15), slots: [node] });
        return put(branch, h, shift);
      }
      const bit = 1 << ((h >>> shift) & 15);
      const i = bitsBelow(node.bitmap, bit);
      const had = !!(node.bitmap & bit);
      return PMap.#make({ bitmap: node.bitmap | bit, slots: node.slots.toSpliced(i, +had, put(had ? node.slots[i] : null, h, shift + 4)) });
    };
    return new PMap(put(this.root, hashOf(key), 0), this.size + +(this.get(key) === undefined));
  }
  *[Symbol.iterator](node: HNode<V> | null = this.root): Generator<[string, V]> {
    if (!node) return;
    if ("entries" in node) yield* node.entries;
    else for (const s of node.slots) yield* this[Symbol.iterator](s);
  }
  equals(other: PMap<V>) {
    if (this.size !== other.size) return false;
    for (const [k, v] of this) if (other.get(k) !== v) return false;
    return true;
  }
}
export function main(log: Log): unknown {
  const words = "alpha beta gamma delta epsilon zeta eta theta iota kappa".split(" ");
  const versions = words.reduce((all, w, i) => [...all, all.at(-1)!.set(w, i)], [PMap.empty<number>()]);
  const last = versions.at(-1)!;
  const reversed = words.toReversed().reduce((m, w) => m.set(w, words.indexOf(w)), PMap.empty<number>());
  log(last.equals(reversed), versions[3]!.equals(reversed));
  return [versions.map((v) => v.size), last.get("eta"), versions[2]!.get("gamma", -1), [...last].sort(([a], [b]) => (a < b ? -1 : 1)), last.set("eta", 99).get("eta"), last.get("eta")];
}
