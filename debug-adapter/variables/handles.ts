/**
 * Numbers for things that clients expand: the same path gives the same number at every stop, so that what a user has
 * expanded stays expanded. A number of an earlier stop is found again by its path.
 */

/** A thing with parts, each found by its key; at a later stop the thing is made anew by its parent. */
export interface Expandable {
  part(key: string): Expandable | undefined;
}

interface Node<T> {
  readonly parent: number;
  readonly key: string;
  value: T;
  /** The stop at which `value` was made. */
  stop: number;
  /** The stop at which a client last asked for it. */
  used: number;
}

/** Numbers not used for so many stops are given up. */
const KEEP_STOPS = 1000;

export class HandleTree<T extends Expandable> {
  readonly #nodes = new Map<number, Node<T>>();
  readonly #ids = new Map<string, number>();
  readonly #root: (key: string) => T | undefined;
  #next: number;
  #stop = 0;

  /** `root` makes a top-level thing anew from its key. */
  constructor(root: (key: string) => T | undefined, firstId = 1) {
    this.#root = root;
    this.#next = firstId;
  }

  /** The number of `key` under `parent` (0: top level); `value` is what it stands for at this stop. */
  id(parent: number, key: string, value: T): number {
    const path = `${parent}/${key}`;
    const known = this.#ids.get(path);
    if (known !== undefined) {
      const node = this.#nodes.get(known)!;
      node.value = value;
      node.stop = node.used = this.#stop;
      return known;
    }
    const id = this.#next++;
    this.#ids.set(path, id);
    this.#nodes.set(id, { parent, key, value, stop: this.#stop, used: this.#stop });
    return id;
  }

  /** What the number stands for now; undefined if there is no such thing (any more). */
  get(id: number): T | undefined {
    const node = this.#nodes.get(id);
    if (node === undefined) return undefined;
    node.used = this.#stop;
    if (node.stop === this.#stop) return node.value;
    const value =
      node.parent === 0 ? this.#root(node.key) : (this.get(node.parent)?.part(node.key) as T | undefined);
    if (value === undefined) return undefined;
    node.value = value;
    node.stop = this.#stop;
    return value;
  }

  /** The number's top-level ancestor (itself, if it has no parent). */
  rootOf(id: number): number {
    let current = id;
    for (;;) {
      const parent = this.#nodes.get(current)?.parent;
      if (parent === undefined || parent === 0) return current;
      current = parent;
    }
  }

  /** Keys from the top level down to the number. */
  path(id: number): string[] {
    const keys: string[] = [];
    for (let node = this.#nodes.get(id); node !== undefined; node = this.#nodes.get(node.parent))
      keys.unshift(node.key);
    return keys;
  }

  /** The machine has moved: values of the last stop are stale. */
  moved(): void {
    this.#stop++;
    if (this.#stop % KEEP_STOPS !== 0) return;
    for (const [id, node] of this.#nodes) {
      if (this.#stop - node.used < KEEP_STOPS || this.#hasUsedChild(id)) continue;
      this.#nodes.delete(id);
      this.#ids.delete(`${node.parent}/${node.key}`);
    }
  }

  #hasUsedChild(id: number): boolean {
    for (const node of this.#nodes.values())
      if (node.parent === id && this.#stop - node.used < KEEP_STOPS) return true;
    return false;
  }
}
