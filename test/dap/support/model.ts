/** Models that the tests debug; places in them are named by marker comments. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/**
 * Path of a model of these tests, or of an example (`examples/snull/snull.ts`). Models that do not compile are kept as
 * text, where compiler and linter do not stumble over them.
 */
export function modelPath(name: string): string {
  if (name.includes("/")) return join(root, name);
  const path = join(import.meta.dirname, "../models", `${name}.ts`);
  if (!existsSync(`${path}.txt`)) return path;
  const folder = join(root, "dist/dap-test/models");
  mkdirSync(folder, { recursive: true });
  copyFileSync(`${path}.txt`, join(folder, `${name}.ts`));
  return join(folder, `${name}.ts`);
}

/** The line with a marker. */
export function lineOf(file: string, marker: string): number {
  const lines = readFileSync(file, "utf8").split("\n");
  const found = lines.flatMap((line, i) => (line.trimEnd().endsWith(marker) ? [i + 1] : []));
  if (found.length !== 1) throw new Error(`${file}: ${found.length} lines end with "${marker}"`);
  return found[0]!;
}
