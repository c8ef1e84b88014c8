import { expect, it } from "vitest";
import { prepare } from "./program.ts";

const image = { key: "none", modules: new Map(), callbackSlots: new Set<string>() };

function complaints(files: Record<string, string>): string[] {
  const read = (path: string): string | null => files[path] ?? null;
  const { diagnostics } = prepare({ model: "/m/main.ts", workload: "/m/load.ts", files: { read }, image });
  return diagnostics.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

const load = "export default function main() {}\n";

it("tells a name that the model's own file does not export, where it is imported", () => {
  const found = complaints({
    "/m/main.ts":
      'import { start } from "./a.ts";\nimport {\n  stop,\n  missing,\n} from "./a.ts";\nstart(stop, missing);\n',
    "/m/a.ts": 'export * from "./b.ts";\nexport const start = (...x: unknown[]) => x;\n',
    "/m/b.ts": "export let stop = 0;\n",
    "/m/load.ts": load,
  });
  expect(found).toEqual([expect.stringMatching(/^\/m\/main\.ts:4:3: "\.\/a\.ts" has no missing/)]);
});

it("tells a default import and a name passed on, but no types", () => {
  const found = complaints({
    "/m/main.ts":
      'import a from "./a.ts";\nexport { T, nothing } from "./a.ts";\nimport { T } from "./a.ts";\na as T;\n',
    "/m/a.ts": "export interface T {}\n",
    "/m/load.ts": load,
  });
  expect(found.map((text) => text.slice(0, 40))).toEqual([
    expect.stringContaining('main.ts:1:8: "./a.ts" has no default'),
    expect.stringContaining('main.ts:2:13: "./a.ts" has no nothing'),
  ]);
});

it("warns that a model without module_init does nothing at insmod, once nothing else is wrong", () => {
  const found = complaints({ "/m/main.ts": "let x = 1;\nx++;\n", "/m/load.ts": load });
  expect(found).toEqual([
    expect.stringMatching(/^\/m\/main\.ts:1:1: this driver model never calls module_init/),
  ]);
});
