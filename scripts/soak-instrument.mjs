#!/usr/bin/env node
/*
 * Random programs, plain against instrumented, by the thousand:
 *   node scripts/soak-instrument.mjs [count = 5000] [first seed = 1000]
 * Prints each seed that fails (`generateProgram(seed)` gives the program) and ends with 1 if any did.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const [count = 5000, first = 1000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(import.meta.dirname, "..", "node_modules", ".soak-"));
const outfile = join(folder, "check.mjs");
buildSync({
  entryPoints: [join(import.meta.dirname, "../test/instrument/harness/generated.ts")],
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["esbuild", "@babel/*"],
  outfile,
});
const { checkSeed } = await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true });

let failed = 0;
const start = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const difference = checkSeed(seed);
  if (difference !== null) {
    failed++;
    console.log(`seed ${seed}: ${difference}\n`);
  }
  if ((seed - first + 1) % 500 === 0)
    console.error(
      `${seed - first + 1} programs, ${failed} failed, ${Math.round((performance.now() - start) / 1000)} s`,
    );
}
console.log(`${count} programs from seed ${first}: ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
