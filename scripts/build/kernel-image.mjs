// The kernel image: every module of the simulated kernel and of simulated user space, instrumented once, as one JSON file.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "dist");

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

/** Writes dist/kernel-image.json unless it is up to date. */
export async function buildKernelImage() {
  mkdirSync(join(dist, "build"), { recursive: true });
  const files = [...sources("kernel"), ...sources("workload")];
  const hash = createHash("sha256");
  const { compileTogether, serialise } = await compiler();
  hash.update(readFileSync(join(dist, "build", "instrument.mjs")));
  const texts = files.map((file) => readFileSync(join(root, "sim", file), "utf8"));
  for (const [i, file] of files.entries()) hash.update(`${file}\0${texts[i]}\0`);
  const key = hash.digest("hex").slice(0, 16);

  const outfile = join(dist, "kernel-image.json");
  const stamp = join(dist, "build", "kernel-image.key");
  if (existsSync(outfile) && existsSync(stamp) && readFileSync(stamp, "utf8") === key) return;

  const problems = [];
  const options = (file) => ({ id: file, file: `linux:/${file}`, points: "explicit", trusted: true });
  const compiled = compileTogether(files.map((file, i) => ({ source: texts[i], options: options(file) })));
  const modules = compiled.map((module) => {
    for (const d of module.diagnostics)
      problems.push(`sim/${module.id}:${d.line}:${d.column}: ${d.severity}: ${d.message}`);
    return serialise(module);
  });
  for (const line of problems) console.error(line);
  if (problems.some((line) => line.includes(" error: ")))
    throw new Error("the simulated kernel does not compile");
  writeFileSync(outfile, JSON.stringify({ key, modules }));
  writeFileSync(stamp, key);
}
