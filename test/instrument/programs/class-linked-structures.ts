// A doubly linked list under an LRU cache with iterators, getters, private nodes and eviction callbacks.
class Link<K, V> {
  prev: Link<K, V> = this;
  next: Link<K, V> = this;
  constructor(
    public key: K,
    public value: V,
  ) {}
  unlink(): this {
    [this.prev.next, this.next.prev] = [this.next, this.prev];
    return Object.assign(this, { prev: this, next: this });
  }
  insertAfter(other: Link<K, V>): this {
    this.next = other.next;
    this.prev = other;
    return (other.next = other.next.prev = this);
  }
}
class Lru<K, V> implements Iterable<[K, V]> {
  #head = new Link<K, V>(null!, null!);
  #index = new Map<K, Link<K, V>>();
  evicted?: (key: K, value: V) => void;
  constructor(readonly capacity: number) {}
  get size() {
    return this.#index.size;
  }
  get(key: K): V | undefined {
    return this.#index.get(key)?.unlink().insertAfter(this.#head).value;
  }
  set(key: K, value: V): this {
    const link = this.#index.get(key)?.unlink() ?? new Link(key, value);
    link.value = value;
    this.#index.set(key, link.insertAfter(this.#head));
    while (this.size > this.capacity) {
      const { key, value } = this.#head.prev.unlink();
      this.#index.delete(key);
      this.evicted?.(key, value);
    }
    return this;
  }
  *[Symbol.iterator](): Generator<[K, V]> {
    for (let l = this.#head.next; l !== this.#head; l = l.next) yield [l.key, l.value];
  }
  update(key: K, f: (v?: V) => V) {
    return this.set(key, f(this.get(key)));
  }
}
export function main(log: Log): unknown {
  const cache = new Lru<string, number>(3);
  cache.evicted = (...pair) => log("evicted", ...pair);
  for (const word of "to be or not to be that is to not be".split(" ")) cache.update(word, (n = 0) => n + 1);
  const [[mostRecent], ...others] = cache;
  cache.evicted = function (this: Lru<string, number>, key) {
    if (key !== "again") this.capacity > 2 && log("evicting", key, this.size);
  };
  cache.set("again", 0).set("and", 1);
  return [mostRecent, others, [...cache], cache.get("nope"), cache.size, new Map(cache)];
}
