// npm run soak, npm run nightly: long tests as programs of their own, bundled from test/soak.
// `node scripts/soak.mjs [ENTRY] [arguments…]`; the entry is main (default) or replays.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const named = /^[a-z]+$/.test(process.argv[2] ?? "");
const entry = named ? process.argv[2] : "main";
const outfile = join(root, `dist/soak-${entry}.mjs`);
const banner = {
  js: 'import { createRequire as $cr } from "node:module"; const require = $cr(import.meta.url);',
};
await build({
  entryPoints: [join(root, `test/soak/${entry}.ts`)],
  outfile,
  banner,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  keepNames: true,
});
const { status } = spawnSync(
  process.execPath,
  ["--expose-gc", "--stack-size=4000", outfile, ...process.argv.slice(named ? 3 : 2)],
  { stdio: "inherit" },
);
process.exitCode = status ?? 1;
