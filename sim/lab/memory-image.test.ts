import { expect, test } from "vitest";
import type { LoadedModule } from "../instrument/monitor.ts";
import { MemoryImage, NotRestorable } from "./memory-image.ts";

/** A module with these variables. */
function moduleOf(variables: Record<string, unknown>, kind = "const"): LoadedModule {
  const names = Object.keys(variables);
  const access = (i: number, write: unknown, value?: unknown): unknown => {
    if (write) variables[names[i]!] = value;
    return variables[names[i]!];
  };
  const info = { variables: names.map((name) => ({ name, kind })) };
  return { scope: { info, access } } as unknown as LoadedModule;
}

const imageOf = (...modules: LoadedModule[]): MemoryImage => new MemoryImage(modules, [], new Set());

test("objects, arrays, collections and bytes get their content back and stay the same objects", () => {
  class Thing {
    a = 1;
    next: object | null = { b: 2 };
  }
  const thing = new Thing();
  const inner = thing.next as Record<string, number>;
  const memory = {
    thing,
    list: [1, inner],
    map: new Map([["k", inner]]),
    set: new Set([1]),
    bytes: new Uint8Array([7, 8]),
  };
  const image = imageOf(moduleOf(memory));
  for (let round = 0; round < 2; round++) {
    inner.b = 3;
    inner.c = 4;
    thing.a = 5;
    thing.next = null;
    memory.list.push(9);
    memory.list[0] = 0;
    memory.map.delete("k");
    memory.map.set("x", {} as never);
    memory.set.add(2);
    memory.bytes.fill(0);
    image.restore();
    expect(memory.thing.next).toBe(inner);
    expect(Object.entries(inner)).toEqual([["b", 2]]);
    expect(thing.a).toBe(1);
    expect(memory.list).toEqual([1, inner]);
    expect([...memory.map]).toEqual([["k", inner]]);
    expect([...memory.set]).toEqual([1]);
    expect([...memory.bytes]).toEqual([7, 8]);
  }
});

test("a property that was deleted comes back in its place", () => {
  const record: Record<string, number> = { a: 1, b: 2 };
  const image = imageOf(moduleOf({ record }));
  delete record.a;
  record.c = 3;
  image.restore();
  expect(Object.entries(record)).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
});

test("variables are written back, constants are left alone but for weak collections, which forget what came later", () => {
  const known = { n: 1 };
  const later = {};
  const lets = { counter: 1 };
  const consts = { known, weak: new WeakMap<object, unknown>([[known, { kept: 1 }]]) };
  const image = imageOf(moduleOf(lets, "let"), moduleOf(consts));
  (consts.weak.get(known) as { kept: number }).kept = 2;
  consts.weak.set(later, 1);
  lets.counter = 5;
  image.restore();
  expect(lets.counter).toBe(1);
  expect(consts.weak.get(known)).toEqual({ kept: 1 });
  expect(consts.weak.has(later)).toBe(false);
});

test("what hides its content is refused", () => {
  expect(() => imageOf(moduleOf({ date: new Date(0) }))).toThrow(NotRestorable);
  expect(() => imageOf(moduleOf({ holder: { weak: new WeakMap() } }))).toThrow(NotRestorable);
});
