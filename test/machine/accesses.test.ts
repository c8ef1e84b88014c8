/** Every access of a model is seen before it is made, whatever its spelling, and watching changes no history. */
import { describe, expect, it } from "vitest";
import { CALL, LOAD } from "../../sim/instrument/monitor.ts";
import { makeLab, type RunRequest } from "../support/lab.ts";

const model = (body: string): string => `
import { module_exit, module_init } from "linux/init";
${body}
module_init(() => { main(); return 0; });
module_exit(() => {});
`;

function accesses(body: string): string[] {
  const lab = makeLab({ model: model(body), workload: "threads", config: { nic: "none" } });
  const seen: string[] = [];
  lab.machine.watchAccesses((object, key, kind, args, frame) => {
    if (!lab.machine.places.modelModules.has(frame.fn.module)) return;
    const of =
      object !== null && typeof object === "object"
        ? Object.prototype.toString.call(object).slice(8, -1)
        : typeof object;
    const how = kind === CALL ? `(${(args ?? []).join()})` : kind === LOAD ? "" : "=";
    seen.push(`${of}.${String(key)}${how}`);
  });
  lab.runToEnd();
  return seen;
}

describe("accesses of a model", () => {
  it.each([
    [
      "compound assignment",
      "const p = { n: 0 }; function main() { p.n += 1; p.n++; }",
      ["Object.n", "Object.n=", "Object.n", "Object.n="],
    ],
    [
      "elements of a typed array",
      "const b = new Uint8Array(4); function main() { b[2] = 1; b.set([1, 2], 1); }",
      ["Uint8Array.2=", "Uint8Array.set", "Uint8Array.set(1,2,1)"],
    ],
    [
      "methods of a Map",
      "const m = new Map(); function main() { m.set('a', 1); }",
      ["Map.set", "Map.set(a,1)"],
    ],
    [
      "for..of",
      "const a = [1, 2]; function main() { for (const x of a) void x; }",
      ["Array.0", "Array.1", "Array.2"],
    ],
    [
      "destructuring",
      "const o = { a: 1, b: { c: 2 } }; function main() { const { a, b: { c } } = o; void [a, c]; }",
      ["Object.a", "Object.b", "Object.c"],
    ],
    ["spread", "const o = { a: 1 }; function main() { const c = { ...o }; void c; }", ["Object.undefined"]],
    [
      "in and delete",
      "const o: any = { a: 1 }; function main() { if ('a' in o) delete o.a; }",
      ["Object.a", "Object.a="],
    ],
    ["variables of the module", "let n = 0; function main() { n = n + 1; }", ["Array.n", "Array.n="]],
    [
      "captured variables",
      "function main() { let n = 0; const f = () => { n++; }; f(); }",
      ["Object.n", "Object.n="],
    ],
  ])("%s", (_name, body, expected) => {
    expect(accesses(body)).toEqual(expected);
  });

  it("of a variable captured in a loop belong to the memory of one iteration", () => {
    const lab = makeLab({
      model: model(
        "function main() { const fs: (() => void)[] = []; for (let i = 0; i < 2; i++) fs.push(() => { void i; }); for (const f of fs) f(); }",
      ),
      workload: "threads",
      config: { nic: "none" },
    });
    const memories: unknown[] = [];
    lab.machine.watchAccesses((object, key, kind, _args, frame) => {
      if (key === "i" && kind === LOAD && frame.fn.name !== "main") memories.push(object);
    });
    lab.runToEnd();
    expect(memories).toHaveLength(2);
    expect(memories[0]).not.toBe(memories[1]);
  });
});

it.each<[string, RunRequest]>([
  ["snull", { model: "examples/snull/snull.ts", config: { nic: "none", seed: 3 } }],
  ["dummy", { model: "examples/dummy/dummy.ts", config: { nic: "none", seed: 5, cpus: 4 } }],
])("watching changes no history: %s", (_name, request) => {
  const plain = makeLab(request);
  plain.runToEnd();
  const watched = makeLab(request);
  let count = 0;
  watched.machine.watchAccesses(() => count++);
  watched.runToEnd();
  expect(watched.machine.historyHash).toBe(plain.machine.historyHash);
  expect(watched.machine.pointCount).toBe(plain.machine.pointCount);
  expect(count).toBeGreaterThan(50);
});
