import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../sim/instrument/index.ts";

/*
 * The parser tests of test262 (the language tests themselves are in no registry package). `test262-passes.txt` lists
 * what must hold: `pass/…` compiles to code that the engine accepts, `fail/…` and `early/…` are refused with a
 * diagnostic. Write it anew with `UPDATE_TEST262=1`.
 */
const root = dirname(createRequire(import.meta.url).resolve("test262-parser-tests/package.json"));
const listFile = join(import.meta.dirname, "test262-passes.txt");

/** Can the engine take it as strict code? (Models are modules; what only sloppy scripts may say is of no concern.) */
function isStrict(source: string): boolean {
  try {
    new Function(`"use strict";${source}\n`);
    return true;
  } catch {
    return false;
  }
}

interface Verdict {
  readonly accepted: boolean;
  readonly codes: readonly string[];
}

function judge(path: string): Verdict {
  const source = readFileSync(join(root, path), "utf8");
  const compiled = compile(source, { id: path, file: path, points: "accesses" });
  const codes = compiled.diagnostics.filter((d) => d.severity === "error").map((d) => d.code);
  if (codes.length > 0) return { accepted: false, codes };
  new Function("$rt", String(compiled.code));
  return { accepted: true, codes };
}

const files = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .sort()
    .map((name) => `${folder}/${name}`);

/** What holds now: the lines of the list. */
function holding(): { lines: string[]; crashed: string[] } {
  const lines: string[] = [];
  const crashed: string[] = [];
  for (const folder of ["pass", "fail", "early"])
    for (const path of files(folder)) {
      const module = path.endsWith(".module.js");
      if (folder === "pass" && !module && !isStrict(readFileSync(join(root, path), "utf8"))) continue;
      try {
        if (judge(path).accepted === (folder === "pass")) lines.push(path);
      } catch (error) {
        crashed.push(`${path}: ${String(error)}`);
      }
    }
  return { lines, crashed };
}

test("every listed parser test of test262 holds, and none crashes the compiler", {
  timeout: 120_000,
}, async () => {
  const { lines, crashed } = holding();
  if (process.env.UPDATE_TEST262) (await import("node:fs")).writeFileSync(listFile, `${lines.join("\n")}\n`);
  const listed = readFileSync(listFile, "utf8").trim().split("\n");
  const held = new Set(lines);
  expect(listed.filter((line) => !held.has(line))).toEqual([]);
  expect(crashed).toEqual([]);
  expect(listed.length).toBeGreaterThan(2500);
});
