import { Leaf } from "./leaf.ts";
export abstract class Base {
  static create(kind: string): Base {
    return kind === "leaf" ? new Leaf() : new (class Other extends Base {
      name = "other";
    })();
  }
  abstract name: string;
  peers: Base[] = [];
  link(...kinds: string[]): this {
    this.peers.push(...kinds.map((k) => Base.create(k)));
    return this;
  }
  *walk(depth = 0): Generator<string> {
    yield `${" ".repeat(depth)}${this.name}`;
    for (const p of this.peers) yield* p.walk(depth + 1);
  }
}
