// Builds a model together with the simulated kernel as plain, uninstrumented JavaScript: the yardstick of the benchmark.
// The same sources and the same events; one CPU, nothing can be interrupted, nothing can block.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles `entry` (TypeScript that imports kernel sources and models) to an ES module at `outfile`; `root` is the repository. */
export async function buildPlain(root, entry, outfile) {
  await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    outfile,
    logLevel: "error",
    plugins: [kernelPlugin(root)],
  });
}

function kernelPlugin(root) {
  return {
    name: "plain-kernel",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(linux|asm|lab)\// }, ({ path }) => ({
        path: join(root, "sim/kernel/include", `${path}.ts`),
      }));
      onResolve({ filter: /^(machine|lab|hardware)$/ }, ({ path }) => ({
        path: join(root, `test/bench/plain-${path}.ts`),
      }));
      onLoad({ filter: /\.ts$/ }, ({ path }) => ({
        loader: "ts",
        contents: callLiveBindings(readFileSync(path, "utf8")),
      }));
    },
  };
}

/** `jiffies` and its like are read through accessors in the instrumented program; here each use becomes a call. */
const LIVE = ["jiffies", "current"];

function callLiveBindings(text) {
  let result = text;
  for (const name of LIVE) {
    if (!result.includes(name)) continue;
    result = result.replace(new RegExp(`^export declare const ${name}\\b.*$`, "m"), "");
    const imported = new RegExp(
      `(\\b(?:import|export)\\s*\\{[^}]*?)(?<![\\w$.])${name}(?![\\w$])([^}]*\\}\\s*from)`,
      "g",
    );
    const isImported = imported.test(result);
    result = result.replace(imported, `$1get$$${name}$2`);
    if (!isImported || /^export \{[^}]*get\$/m.test(result)) continue;
    const parts = result.split(/(^import\s[\s\S]*?from\s+"[^"]+";$)/m);
    result = parts
      .map((part) =>
        part.startsWith("import")
          ? part
          : part.replace(new RegExp(`(?<![\\w$.])${name}(?![\\w$:(])`, "g"), `get$$${name}()`),
      )
      .join("");
  }
  return result;
}
