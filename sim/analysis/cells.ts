/** What a path knows of variables and fields, over what holds on all paths: a copy costs only what the path changed. */
import { Cow } from "./cow.ts";
import { keyOf, type Value } from "./values.ts";

export class Cells {
  readonly #base: ReadonlyMap<string, Value>;
  /** Null: forgotten on this path. */
  readonly #own: Cow<Value | null>;

  constructor(base: ReadonlyMap<string, Value> = new Map(), own?: Cow<Value | null>) {
    this.#base = base;
    this.#own = new Cow(own);
  }

  clone(): Cells {
    return new Cells(this.#base, this.#own);
  }

  get(key: string): Value | undefined {
    const own = this.#own.get(key);
    return own === undefined ? this.#base.get(key) : (own ?? undefined);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: Value): void {
    this.#own.set(key, value);
  }

  delete(key: string): void {
    if (this.#base.has(key)) this.#own.set(key, null);
    else this.#own.delete(key);
  }

  *[Symbol.iterator](): Generator<[string, Value]> {
    for (const [key, value] of this.#own) if (value !== null) yield [key, value];
    for (const entry of this.#base) if (!this.#own.has(entry[0])) yield entry;
  }

  /** Keeps what both paths agree in; what differs is unknown from here on, under a name of its own. */
  merge(other: Cells, phi: string): void {
    for (const key of new Set([...this.#own.keys(), ...other.#own.keys()])) {
      const mine = this.get(key);
      const theirs = other.get(key);
      if (mine === undefined || theirs === undefined) this.delete(key);
      else if (mine !== theirs && keyOf(mine) !== keyOf(theirs))
        this.set(key, { k: "sym", id: `${phi}:${key}` });
    }
  }
}
