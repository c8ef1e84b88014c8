// One bundle per program. Nothing outside dist/ is needed at run time.
import { chmodSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

const node = {
  platform: "node",
  target: "node20",
  bundle: true,
  // names stay, for stacks and messages; esbuild's keepNames would define each anew whenever a closure is made
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "error",
  absWorkingDir: root,
};
// bundled CommonJS packages may call require
const banner = {
  js: 'import { createRequire as $cr } from "node:module"; const require = $cr(import.meta.url);',
};

/** The debug adapter: its process, its worker's loader, and the session, one expression that its host keeps compiled. */
const adapter = [
  { entryPoints: ["debug-adapter/main.ts"], outfile: "dist/debug-adapter.mjs", format: "esm", banner },
  { entryPoints: ["debug-adapter/workerMain.ts"], outfile: "dist/debug-worker.cjs", format: "cjs" },
  {
    entryPoints: ["debug-adapter/sessionBundle.ts"],
    outfile: "dist/debug-session.js",
    format: "cjs",
    define: { "import.meta.url": "$url" },
    banner: { js: "(function(require,exports,$url){const module={exports};" },
    footer: { js: "Object.assign(exports,module.exports)})" },
  },
];

/** Nobody reads the names of what the editor itself loads. */
const small = { minify: true };
/** What a browser fetches is small first: names stay where they matter, though each closure costs a little more. */
const browser = { platform: "browser", target: "es2022", minify: true, keepNames: true };

/** The extension where there is no Node, and what loads the debug session there. */
const browserExtension = [
  {
    entryPoints: ["debug-adapter/browserMain.ts"],
    outfile: "dist/debug-session.worker.js",
    format: "iife",
    ...browser,
  },
  {
    entryPoints: ["extension/browser/main.ts"],
    outfile: "dist/extension.browser.js",
    format: "cjs",
    external: ["vscode"],
    ...browser,
    keepNames: false,
  },
];

/** The language server and the client that the editor loads for it. */
const languageServer = [
  {
    entryPoints: ["extension/language-server/client.ts"],
    outfile: "dist/language-client.cjs",
    format: "cjs",
    external: ["vscode"],
    ...small,
  },
  { entryPoints: ["extension/language-server/main.ts"], outfile: "dist/language-server.cjs", format: "cjs" },
  {
    entryPoints: ["extension/language-server/browser.ts"],
    outfile: "dist/language-server.worker.js",
    format: "iife",
    ...browser,
  },
  ...browserExtension,
];

/** The page of the timeline. */
const timelinePage = ["main.ts", "timeline.css"].map((name) => ({
  entryPoints: [`extension/timeline/webview/${name}`],
  outfile: `dist/timeline.${name.endsWith("css") ? "css" : "js"}`,
  format: "iife",
  ...browser,
  keepNames: false,
}));

const programs = [
  ...adapter,
  ...timelinePage,
  {
    entryPoints: ["extension/main.ts"],
    outfile: "dist/extension.cjs",
    format: "cjs",
    external: ["vscode"],
    ...small,
  },
  {
    entryPoints: ["cli/main.ts"],
    outfile: "dist/cli.mjs",
    format: "esm",
    banner: { js: `#!/usr/bin/env node\n${banner.js}` },
  },
  {
    entryPoints: ["test/bench/main.ts"],
    outfile: "dist/bench.mjs",
    format: "esm",
    banner,
    external: ["esbuild", "sval"],
  },
];

/** The adapter's files, by name, without writing them. */
export async function adapterFiles() {
  const results = await Promise.all(
    adapter.map((p) => build({ ...node, ...p, minifySyntax: false, minifyWhitespace: false, write: false })),
  );
  return adapter.map((p, i) => [basename(p.outfile), results[i].outputFiles[0].contents]);
}

export async function buildBundles() {
  const present = programs.filter((p) => existsSync(join(root, p.entryPoints[0])));
  const installed = existsSync(join(root, "node_modules/vscode-languageserver"));
  if (!installed) console.error("the language server is not built: its packages are missing, run npm ci");
  const all = installed ? [...present, ...languageServer] : present;
  await Promise.all(all.map((p) => build({ ...node, ...p })));
  if (existsSync(join(root, "dist/cli.mjs"))) chmodSync(join(root, "dist/cli.mjs"), 0o755);
}
