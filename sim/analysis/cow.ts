/** A map whose copy costs nothing until one of the two is written to. */
export class Cow<V> {
  #map: Map<string, V>;
  #own: boolean;

  constructor(from?: Cow<V>) {
    this.#map = from === undefined ? new Map<string, V>() : from.#map;
    this.#own = from === undefined;
    if (from !== undefined) from.#own = false;
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  set(key: string, value: V): void {
    this.#writable().set(key, value);
  }

  delete(key: string): void {
    if (this.#map.has(key)) this.#writable().delete(key);
  }

  keys(): IterableIterator<string> {
    return this.#map.keys();
  }

  values(): IterableIterator<V> {
    return this.#map.values();
  }

  [Symbol.iterator](): IterableIterator<[string, V]> {
    return this.#map.entries();
  }

  #writable(): Map<string, V> {
    if (!this.#own) {
      this.#map = new Map(this.#map);
      this.#own = true;
    }
    return this.#map;
  }
}
