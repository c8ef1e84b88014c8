// Writes docs/rules from the catalogue in sim/rules. A test keeps them in step.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rulePages } from "./rules-docs/pages.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "docs/rules");

const bundle = await build({
  stdin: {
    contents: `export { RULES } from "./catalogue.ts"; export { FAMILIES } from "./rule.ts";`,
    resolveDir: join(root, "sim/rules"),
  },
  bundle: true,
  format: "esm",
  write: false,
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
const { RULES, FAMILIES } = await import(`data:text/javascript;base64,${code}`);

const pages = rulePages(RULES, FAMILIES);
await mkdir(folder, { recursive: true });
for (const file of await readdir(folder)) if (!pages.has(file)) await rm(join(folder, file));
for (const [file, text] of pages) await writeFile(join(folder, file), text);
console.log(`${pages.size} pages in docs/rules`);
