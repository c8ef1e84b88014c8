// The kernel image: every module of the simulated kernel and of simulated user space, instrumented once. Three files:
// what every boot needs to know, the code as one script (so that a host may cache it compiled), and what only a look
// into the kernel needs.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");

const IMAGE_FILES = ["kernel-image.json", "kernel-code.js", "kernel-details.json"];

/** Names of the callbacks by which the kernel calls drivers, as its own source names them. */
function slots(texts) {
  const found = texts.flatMap((text) => [...text.matchAll(/\bdriver_call\(\s*"([^"]+)"/g)].map((m) => m[1]));
  return [...new Set(found)].sort();
}

/** The same program in plain ASCII, which is read faster; only strings hold anything else. */
function ascii(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Source files below a folder of `sim`, in a fixed order. */
function sources(folder) {
  const entries = readdirSync(join(root, "sim", folder), { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (e) =>
        e.isFile() && e.name.endsWith(".ts") && !e.name.endsWith(".test.ts") && !e.name.endsWith(".d.ts"),
    )
    .map((e) =>
      relative(join(root, "sim"), join(e.parentPath ?? e.path, e.name))
        .split(sep)
        .join("/"),
    )
    .sort();
}

async function compiler() {
  const outfile = join(dist, "build", "instrument.mjs");
  await build({
    entryPoints: [join(root, "sim/instrument/index.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
    logLevel: "error",
  });
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}

/** Writes dist/kernel-*.{json,js} unless they are up to date. */
export async function buildKernelImage() {
  mkdirSync(join(dist, "build"), { recursive: true });
  const files = [...sources("kernel"), ...sources("workload")];
  const hash = createHash("sha256");
  const { compileTogether, serialise } = await compiler();
  hash.update(readFileSync(join(dist, "build", "instrument.mjs")));
  const texts = files.map((file) => readFileSync(join(root, "sim", file), "utf8"));
  for (const [i, file] of files.entries()) hash.update(`${file}\0${texts[i]}\0`);
  const key = hash.digest("hex").slice(0, 16);

  const [index, code, details] = IMAGE_FILES.map((name) => join(dist, name));
  const stamp = join(dist, "build", "kernel-image.key");
  if ([index, code, details, stamp].every(existsSync) && readFileSync(stamp, "utf8") === key) return;

  const problems = [];
  const options = (file) => ({ id: file, file: `linux:/${file}`, points: "explicit", trusted: true });
  const compiled = compileTogether(files.map((file, i) => ({ source: texts[i], options: options(file) })));
  const modules = compiled.map((module) => {
    for (const d of module.diagnostics)
      problems.push(`sim/${module.id}:${d.line}:${d.column}: ${d.severity}: ${d.message}`);
    return serialise({ ...module, imported: [] }); // found: they need not be looked for again
  });
  for (const line of problems) console.error(line);
  if (problems.some((line) => line.includes(" error: ")))
    throw new Error("the simulated kernel does not compile");
  const factory = (module) => `(function($rt){${module.code}\n})`;
  writeFileSync(
    index,
    JSON.stringify({ key, callbackSlots: slots(texts), modules: modules.map((m) => m.head) }),
  );
  writeFileSync(code, ascii(`[${modules.map(factory).join(",\n")}]`));
  writeFileSync(details, JSON.stringify(modules.map((m) => m.details)));
  writeFileSync(stamp, key);
}
