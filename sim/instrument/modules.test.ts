import { expect, it } from "vitest";
import { type CompiledModule, call, compile, deserialise, link, serialise, unknownImport } from "./index.ts";
import { TestMonitor } from "./testing/monitor.ts";

function build(files: Record<string, string>, host: Record<string, Record<string, unknown>> = {}) {
  const modules = Object.entries(files).map(([id, source]) => {
    const stored = serialise(compile(source, { id, file: `${id}.ts`, points: "accesses" }));
    const { head, code, details } = JSON.parse(JSON.stringify(stored)) as typeof stored;
    return deserialise(head, code, () => details);
  });
  const monitor = new TestMonitor(true);
  const resolve = (specifier: string): string | null => (specifier in files ? specifier : null);
  const program = link(modules, monitor, { resolve, host: (specifier) => host[specifier] });
  const boot = (): unknown => {
    monitor.run(program.init());
    return monitor.run(call(program.byId.get("main")!.exports.default, undefined, []));
  };
  return { program, boot, modules, monitor };
}

it("links live bindings, cycles, stars and namespaces; a second boot starts from fresh memory", () => {
  const { boot } = build({
    main: `import { n, bump, type T } from "a"; import * as all from "b"; import dflt, { again } from "b"; import { OnlyType } from "types";
      interface X extends OnlyType {}
      export default () => { bump(); return [n, all.n, Object.keys(all), dflt(2), again.n, even(4), all.jiffies]; };
      import { even } from "a";`,
    a: `import { odd } from "b"; export let n = 1; export function bump() { n++; } export type T = number; export const even = (k: number): boolean => k === 0 || odd(k - 1);`,
    b: `export * from "a"; export * as again from "a"; import { even } from "a"; export function odd(k: number): boolean { return k !== 0 && even(k - 1); }
      export default function (x: number) { return x * 2; } let ticks = 41; export function get$jiffies() { return ++ticks; } export declare const jiffies: number;`,
  });
  const expected = [
    2,
    2,
    ["default", "odd", "get$jiffies", "again", "jiffies", "n", "bump", "even"],
    4,
    2,
    true,
    42,
  ];
  const sorted = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_key, item) =>
      Array.isArray(item) && typeof item[0] === "string" ? [...item].sort() : item,
    );
  expect(sorted(boot())).toEqual(sorted(expected));
  expect(sorted(boot())).toEqual(sorted(expected));
});

it("reports what a driver model cannot use, where it stands, with advice", () => {
  const source = `import fs from "fs";
setTimeout(() => {}, 1);
async function f() { await 1; }
const t = Date.now() + Math.random();
eval("1"); new Function("x");
let = 5;`;
  const { diagnostics } = compile(source, { id: "m", file: "m.ts", points: "accesses" }) as CompiledModule;
  const found = diagnostics.map((diagnostic) => `${diagnostic.line}:${diagnostic.column} ${diagnostic.code}`);
  expect(found).toEqual(
    expect.arrayContaining([
      "2:1 forbidden-global",
      "3:1 async",
      "4:11 forbidden-global",
      "5:1 eval",
      "5:12 eval",
    ]),
  );
  expect(found.some((text) => text.startsWith("6:") && text.endsWith("syntax"))).toBe(true);
  expect(unknownImport("linux/netdevise", ["linux/netdevice", "linux/skbuff"])).toContain(
    '"linux/netdevice"',
  );
});

it("lets two contexts lose an update, at the same points with and without rich frames", () => {
  const source = `const p = { mask: 0 }; export function set(bit: number) { p.mask |= bit; } export default () => p.mask;`;
  const counts = [true, false].map((rich) => {
    const monitor = new TestMonitor(true);
    const compiled = compile(source, { id: "main", file: "main.ts", points: "accesses", rich });
    const program = link([compiled], monitor, { resolve: () => null, host: () => undefined });
    monitor.run(program.init());
    const { set, default: mask } = program.byId.get("main")!.exports;
    const cpus = [1, 2].map((bit) => call(set, undefined, [bit]));
    const tops = cpus.map(() => null as TestMonitor["top"]);
    let live = [0, 1];
    while (live.length > 0)
      live = live.filter((cpu) => {
        monitor.top = tops[cpu]!;
        const { done } = cpus[cpu]!.next();
        tops[cpu] = monitor.top;
        return !done;
      });
    expect(monitor.run(call(mask, undefined, []))).toBe(2);
    return monitor.points;
  });
  expect(counts[0]).toBe(counts[1]);
  expect(counts[0]).toBe(5);
});

it("shows the variables of every live scope, also those of closures", () => {
  const source = `export default function main(a: number) { let x = 1; { let x = 2; const f = () => { const y = x + a; return y; }; return f(); } }`;
  const compiled = compile(source, { id: "main", file: "main.ts", points: "explicit" });
  const monitor = new TestMonitor(true);
  const program = link([compiled], monitor, { resolve: () => null, host: () => undefined });
  const seen: string[] = [];
  monitor.onTick = (frame, pc) => {
    let scope = compiled.pcs[pc]!.scope;
    const names: string[] = [];
    while (scope >= 0) {
      const info = compiled.scopes[scope]!;
      const read = frame[`s${info.slot}` as "s0"]!;
      info.variables.forEach((variable, index) => {
        try {
          const value = read(index, false);
          names.push(`${variable.name}=${typeof value === "function" ? "fn" : value}`);
        } catch {
          names.push(`${variable.name}?`);
        }
      });
      scope = info.parent;
    }
    seen.push(`${frame.fn.name} ${names.join(" ")}`);
  };
  monitor.run(program.init());
  expect(monitor.run(call(program.byId.get("main")!.exports.default, undefined, [5]))).toBe(7);
  expect(seen).toContain("main x=2 f=fn a=5 x=1");
  expect(seen).toContain("f y=7 x=2 a=5");
});

it("stops endless loops and endless recursion", () => {
  const { boot, monitor } = build({
    main: `export default () => { try { return deep(0); } catch (e) { return "caught"; } finally { leak(); } }; function leak() { return deep(0); } function deep(n: number): number { return deep(n + 1) + 1; }`,
  });
  expect(boot).toThrow("stack overflow");
  expect(monitor.points).toBe(0);
});
