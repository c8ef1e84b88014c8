/** Half-typed, broken and absurd files: the analysis answers, soon, and throws nothing. `HOSTILE=5000` tries more. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../sim/analysis/index.ts";
import { bigModel } from "../bench/big-model.ts";

const STYLES = join(import.meta.dirname, "styles");
const models = readdirSync(STYLES)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(STYLES, file), "utf8"));
const ROUNDS = Number(process.env.HOSTILE ?? 60);

/** A generator of its own: the same texts in each run. */
function numbers(seed: number): (below: number) => number {
  let x = seed;
  return (below) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return Math.floor((x / 2 ** 32) * below);
  };
}

function look(text: string, others: Readonly<Record<string, string>> = {}): number {
  const started = performance.now();
  const read = (path: string): string | null => (path === "/m.ts" ? text : (others[path] ?? null));
  expect(analyse({ read }, "/m.ts")).not.toBeNull();
  return performance.now() - started;
}

const MODULE = 'import { module_init } from "linux/module";\n';

describe("text that is being typed", () => {
  it("may end anywhere", () => {
    const below = numbers(1);
    for (let i = 0; i < ROUNDS; i++) {
      const text = models[i % models.length]!;
      look(text.slice(0, below(text.length)));
    }
  });

  it("may lack any piece, and hold any piece twice", () => {
    const below = numbers(2);
    for (let i = 0; i < ROUNDS; i++) {
      const text = models[i % models.length]!;
      const [from, to] = [below(text.length), below(text.length)].sort((a, b) => a - b) as [number, number];
      const end = Math.min(to, from + 1 + below(60));
      look(text.slice(0, from) + text.slice(end));
      look(text.slice(0, end) + text.slice(from));
    }
  });

  it("may have its lines in any order", () => {
    const below = numbers(3);
    for (let i = 0; i < ROUNDS; i++) {
      const lines = models[i % models.length]!.split("\n");
      for (let k = 0; k < 4; k++) {
        const [a, b] = [below(lines.length), below(lines.length)];
        [lines[a], lines[b]] = [lines[b]!, lines[a]!];
      }
      look(lines.join("\n"));
    }
  });
});

describe("text that nobody types", () => {
  const nested = (open: string, core: string, close: string, depth: number): string =>
    open.repeat(depth) + core + close.repeat(depth);

  it.each([
    ["parentheses", `module_init(() => ${nested("(", "0", ")", 20_000)});`],
    ["blocks", `module_init(() => ${nested("{", "", "}", 20_000)});`],
    ["conditions", `module_init(() => { ${nested("if (a()) {", "", "}", 3_000)} });`],
    ["loops", `module_init(() => { ${nested("while (a()) {", "b();", "}", 60)} });`],
    ["functions", `module_init(${nested("() => f(", "0", ")", 3_000)});`],
    ["calls", `module_init(() => ${nested("f(", "0", ")", 5_000)});`],
    ["sums", `module_init(() => 0${" + a()".repeat(20_000)});`],
    ["fields", `module_init(() => a${".b".repeat(20_000)});`],
    ["a union", `type u = ${"'a' | ".repeat(50_000)}'b';\nmodule_init(() => 0 as unknown as u);`],
    ["branches in a row", `module_init(() => { ${"if (a()) b(); else c();\n".repeat(1_000)} });`],
    [
      "a switch",
      `module_init(() => { switch (a()) { ${Array.from({ length: 5_000 }, (_, i) => `case ${i}: b(); break;`).join("\n")} } });`,
    ],
  ])("answers soon: %s", (_name, text) => {
    expect(look(MODULE + text)).toBeLessThan(5_000);
  });

  it("answers soon: modules in a circle", () => {
    const text = `${MODULE}import { b } from "./b.ts";\nexport function a() { b(); }\nmodule_init(() => a());`;
    look(text, {
      "/b.ts": 'import { a } from "./m.ts";\nexport { c } from "./b.ts";\nexport function b() { a(); }',
    });
    look(
      `${MODULE}export * from "./m.ts";\nexport { x } from "./m.ts";\nimport { x } from "./m.ts";\nmodule_init(() => x());`,
    );
  });

  it("answers soon: a model of 10,000 lines", () => {
    const { text } = bigModel(false);
    const parts = Array.from({ length: 5 }, (_, i) =>
      text.replace(/\b(priv|my_|part|eth)(\w*)/g, `$1$2_${i}`),
    );
    expect(look(parts.join("\n"))).toBeLessThan(10_000);
  });
});
