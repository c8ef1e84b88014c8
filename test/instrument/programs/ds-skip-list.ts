// A skip list with a deterministic coin, sentinel nodes, ranges by generators and a check by brute force.
class Coin {
  #state = 0xace1;
  flip = () => {
    const bit = (this.#state ^ (this.#state >> 2) ^ (this.#state >> 3) ^ (this.#state >> 5)) & 1;
    this.#state = (this.#state >> 1) | (bit << 15);
    return !bit;
  };
}
type SNode = { key: number; next: (SNode | undefined)[] };
class SkipList {
  static readonly LEVELS = 5;
  #head: SNode = { key: -Infinity, next: Array(SkipList.LEVELS).fill(undefined) };
  #coin = new Coin();
  steps = 0;
  #before(key: number): SNode[] {
    const path: SNode[] = [];
    let at = this.#head;
    for (let level = SkipList.LEVELS; level-- > 0; path[level] = at) for (let n; (n = at.next[level]) && n.key < key; at = n) this.steps++;
    return path;
  }
  add(key: number): boolean {
    const before = this.#before(key);
    if (before[0]!.next[0]?.key === key) return false;
    let height = 1;
    while (height < SkipList.LEVELS && this.#coin.flip()) height++;
    const node: SNode = { key, next: [] };
    for (const [level, b] of before.slice(0, height).entries()) [node.next[level], b.next[level]] = [b.next[level], node];
    return true;
  }
  delete(key: number) {
    const before = this.#before(key);
    const victim = before[0]!.next[0];
    if (victim?.key !== key) return false;
    before.forEach((b, level) => b.next[level] === victim && (b.next[level] = victim.next[level]));
    return true;
  }
  *range(lo = -Infinity, hi = Infinity) {
    for (let n = this.#before(lo)[0]!.next[0]; n && n.key <= hi; n = n.next[0]) yield n.key;
  }
}
export function main(log: Log): unknown {
  const [list, check] = [new SkipList(), new Set<number>()];
  for (let i = 0, x = 5; i < 60; i++, x = (x * 31 + 7) % 97) {
    const [a, b] = i % 4 === 3 ? [list.delete(x), check.delete(x)] : [list.add(x), check.size !== check.add(x).size];
    if (a !== b) log("differs", i, x);
  }
  const sorted = [...check].sort((a, b) => a - b);
  log(sorted.join() === [...list.range()].join(), list.steps > 0);
  return [[...list.range(20, 60)], list.delete(1e9), [...list.range(90)].length, sorted.length];
}
