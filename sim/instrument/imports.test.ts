import { expect, it } from "vitest";
import { call, compileTogether, link, type Monitor } from "./index.ts";
import { TestMonitor } from "./testing/monitor.ts";

function boot(files: Record<string, string>, monitor = new TestMonitor(true)) {
  const modules = compileTogether(
    Object.entries(files).map(([id, source]) => ({
      source,
      options: { id, file: `${id}.ts`, points: "accesses" as const },
    })),
  );
  const resolve = (specifier: string): string => specifier.replace(/^\.\//, "");
  const program = link(modules, monitor as Monitor, { resolve, host: () => undefined });
  const run = (): unknown => {
    monitor.run(program.init());
    return monitor.run(call(program.byId.get("main")!.exports.default, undefined, []));
  };
  return { modules, program, run, monitor };
}

it("calls an import by its value of the moment when its module replaces it", () => {
  const { run } = boot({
    main: `import { f, replace } from "./a"; export default () => { const r = [f()]; replace(); r.push(f()); return r; };`,
    a: `export function f() { return "first"; } export function replace() { (f as unknown) = () => "second"; }`,
  });
  expect(run()).toEqual(["first", "second"]);
  expect(run()).toEqual(["first", "second"]);
});

it("calls functions of a cycle before and after the modules are evaluated; variables are told to be missing", () => {
  const { run } = boot({
    main: `import { log } from "./log"; import { a } from "./a"; export default () => [a(3), ...log];`,
    log: `export const log: string[] = [];`,
    a: `import { b } from "./b"; import { log } from "./log"; export const depth = 7; export function a(n: number): number { return n === 0 ? depth : b(n - 1); } log.push("a:" + typeof b);`,
    b: `import { a, depth } from "./a"; import { log } from "./log"; export function b(n: number): number { return a(n); }
      for (const f of [() => depth, () => a(0)]) try { f(); } catch (e) { log.push((e as Error).message); }`,
  });
  const early = "Cannot access 'depth' before initialization";
  expect(run()).toEqual([7, early, early, "a:function"]);
});

it("pauses inside accessors that another module declares", () => {
  const files = {
    main: `import { Reg } from "./reg"; export default () => { const r = new Reg(); r.value = 4; r.value += 2; const { value } = r; return value; };`,
    reg: `export class Reg { raw = 0; get value() { const v = this.raw; return v; } set value(v: number) { this.raw = v; } }`,
  };
  const monitor = new TestMonitor(true);
  const { run } = boot(files, monitor);
  let nested = 0;
  const runNested = monitor.runNested.bind(monitor);
  monitor.runNested = (body) => {
    nested++;
    return runNested(body);
  };
  expect(run()).toBe(6);
  expect(nested).toBe(0);
});

it("lists the names that it needs of other modules, where they are written", () => {
  const { modules } = boot({
    main: `import { used as mine, type T, unused } from "./a";\nexport { gone } from "./a";\nimport d, * as all from "./a";\nexport default () => [mine, d, all] as T[];`,
    a: `export const used = 1, unused = 2, gone = 3; export type T = unknown; export default 4; export * from "./b";`,
    b: `export interface B {} export class C { get g() { return 1; } set s(v: number) {} }`,
  });
  const [main, a, b] = modules;
  expect(main!.imported.map(({ name, line, column, passedOn }) => [name, line, column, passedOn])).toEqual([
    ["used", 1, 10, false],
    ["gone", 2, 10, true],
    ["default", 3, 8, false],
  ]);
  expect(a!.stars).toEqual(["./b"]);
  expect([a!.types, b!.types, b!.accessors]).toEqual([["T"], ["B"], ["g", "s"]]);
});

it("starts a second boot with functions that carry nothing", () => {
  const { run } = boot({
    main: `function f() { return f; } (f as any).seen ??= 0; (f as any).seen++; f.prototype.extra ??= 0; f.prototype.extra++; f.toString;
      export default () => [(f as any).seen, f.prototype.extra];`,
  });
  expect([run(), run()]).toEqual([
    [1, 1],
    [1, 1],
  ]);
});
