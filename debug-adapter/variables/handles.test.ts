import { describe, expect, it } from "vitest";
import { type Expandable, HandleTree } from "./handles.ts";

class Thing implements Expandable {
  readonly name: string;
  readonly parts: Record<string, Thing>;
  constructor(name: string, parts: Record<string, Thing> = {}) {
    this.name = name;
    this.parts = parts;
  }
  part(key: string): Thing | undefined {
    return this.parts[key];
  }
}

describe("handles", () => {
  it("gives the same path the same number at every stop", () => {
    const tree = new HandleTree<Thing>(() => undefined);
    const first = tree.id(0, "frame", new Thing("frame"));
    const child = tree.id(first, "dev", new Thing("dev"));
    tree.moved();
    expect(tree.id(0, "frame", new Thing("frame again"))).toBe(first);
    expect(tree.id(first, "dev", new Thing("dev again"))).toBe(child);
    expect(tree.id(first, "other", new Thing("other"))).not.toBe(child);
    expect(tree.get(child)?.name).toBe("dev again");
  });

  it("finds an old number again by its path", () => {
    let now = new Thing("frame", { dev: new Thing("old") });
    const tree = new HandleTree<Thing>((key) => (key === "frame" ? now : undefined));
    const frame = tree.id(0, "frame", now);
    const dev = tree.id(frame, "dev", now.parts.dev!);
    now = new Thing("frame", { dev: new Thing("new") });
    tree.moved();
    expect(tree.get(dev)?.name).toBe("new");
    now = new Thing("frame");
    tree.moved();
    expect(tree.get(dev)).toBeUndefined();
    expect(tree.get(999)).toBeUndefined();
  });

  it("gives up numbers that nobody asks for, but not their used parts' parents", () => {
    const tree = new HandleTree<Thing>((key) => new Thing(key, { b: new Thing("b") }));
    const idle = tree.id(0, "idle", new Thing("idle"));
    const a = tree.id(0, "a", new Thing("a", { b: new Thing("b") }));
    const b = tree.id(a, "b", new Thing("b"));
    for (let i = 0; i < 1500; i++) {
      tree.moved();
      tree.get(b);
    }
    for (let i = 0; i < 600; i++) {
      tree.moved();
      tree.get(b);
    }
    expect(tree.get(b)?.name).toBe("b");
    expect(tree.get(idle)).toBeUndefined();
  });
});
