import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { compile } from "../sim/instrument/index.ts";
import type { CompiledModule, CompileOptions } from "../sim/instrument/monitor.ts";
import { ModelCompiler } from "./modelCompiler.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "netdev-lab-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const options: CompileOptions = { id: "/m/a.ts", file: "/m/a.ts", points: "accesses", accessors: ["size"] };
const source = `import { f } from "linux/x"; export let n = 1; export function bump(k: number) { const was = n; n += k + f(); return was; }`;

const plain = (module: CompiledModule): unknown =>
  JSON.parse(
    JSON.stringify({ ...module, functions: module.functions.map(({ name, range }) => [name, range]) }),
  );

/** Compiles in a new process, so to speak. */
function session(text: string, how: CompileOptions = options, version = "1"): CompiledModule {
  const compiler = new ModelCompiler(version);
  const module = compiler.compile(text, how);
  compiler.save();
  return module;
}

const keptFile = (): string => join(folder, "netdev-lab", readdirSync(join(folder, "netdev-lab"))[0]!);

it("gives the same module again", () => {
  const fresh = compile(source, options);
  expect(plain(session(source))).toEqual(plain(fresh));
  const kept = session(source);
  expect(plain(kept)).toEqual(plain(fresh));
  for (const fn of kept.functions) expect(fn.module).toBe(kept);
});

it("takes nothing that belongs to another text, other options or another compiler", () => {
  session(source);
  expect(session(`${source} // edited`).source).toContain("edited");
  session(source);
  expect(session(source, { ...options, points: "explicit" }).code).toBe(
    compile(source, { ...options, points: "explicit" }).code,
  );
  session(source, options, "2");
  expect(readFileSync(keptFile(), "utf8").split("\n")[0]).toContain('[\\"2\\"');
});

it("compiles anew when what was kept is damaged", () => {
  session(source);
  const path = keptFile();
  writeFileSync(path, `${JSON.stringify(["/m/a.ts", JSON.stringify(["1", options])])}\n{"head":`);
  expect(session(source).code).toBe(compile(source, options).code);
});
