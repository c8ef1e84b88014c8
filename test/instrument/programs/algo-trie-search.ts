// A trie with wildcard search, fuzzy search by edit distance, deletion that prunes, ordered iteration.
class Trie {
  children: { [c: string]: Trie } = Object.create(null);
  count = 0;
  static from(words: Iterable<string>) {
    const t = new Trie();
    for (const w of words) t.add(w);
    return t;
  }
  add(word: string): number {
    let node: Trie = this;
    for (const c of word) node = node.children[c] ??= new Trie();
    return ++node.count;
  }
  remove([c, ...rest]: string | string[]): boolean {
    if (c === undefined) return this.count > 0 && !!this.count--;
    const next = this.children[c];
    if (!next?.remove(rest)) return false;
    if (next.count === 0 && !Object.keys(next.children).length) delete this.children[c];
    return true;
  }
  *[Symbol.iterator](prefix = ""): Generator<string> {
    for (let i = this.count; i-- > 0; ) yield prefix;
    for (const c of Object.keys(this.children).sort()) yield* this.children[c]![Symbol.iterator](prefix + c);
  }
  *match(pattern: string, so = ""): Generator<string> {
    const [c, ...others] = pattern;
    const rest = others.join("");
    if (c === undefined) {
      if (this.count) yield so;
    } else if (c === "*") {
      yield* this.match(rest, so);
      for (const k in this.children) yield* this.children[k]!.match(pattern, so + k);
    } else for (const k of c === "?" ? Object.keys(this.children) : c in this.children ? [c] : []) yield* this.children[k]!.match(rest, so + k);
  }
  fuzzy(word: string, limit: number): [string, number][] {
    const found: [string, number][] = [];
    const walk = (node: Trie, so: string, row: number[]) => {
      if (node.count && row.at(-1)! <= limit) found.push([so, row.at(-1)!]);
      if (Math.min(...row) > limit) return;
      for (const [c, child] of Object.entries(node.children)) {
        const next = [row[0]! + 1];
        [...word].forEach((w, i) => next.push(Math.min(next[i]! + 1, row[i + 1]! + 1, row[i]! + +(w !== c))));
        walk(child, so + c, next);
      }
    };
    walk(this, "", Array.from({ length: word.length + 1 }, (_, i) => i));
    return found.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  }
}
export function main(log: Log): unknown {
  const t = Trie.from("open stop start state stat ioctl open transmit".split(" "));
  log([...t], t.remove("stat"), t.remove("sta"), t.remove("open"));
  return [[...t], [...t.match("st*")], [...t.match("?p*n")], [...t.match("s*t?")], t.fuzzy("stoat", 2), t.add("open"), "constructor" in t.children];
}
