// npm run package: builds and packs the extension into netdev-lab.vsix; fails if it has grown too big.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Without these the packed extension would install and not run. */
const NEEDED = [
  "extension.cjs",
  "language-client.cjs",
  "language-server.cjs",
  "debug-adapter.mjs",
  "debug-worker.cjs",
  "debug-session.js",
  "extension.browser.js",
  "debug-session.worker.js",
  "language-server.worker.js",
  "timeline.js",
  "timeline.css",
  "kernel-image.json",
  "kernel-code.js",
  "kernel-details.json",
  "api/linux/netdevice.d.ts",
];
const MAX_BYTES = 3_000_000;

/** Packs what `npm run build` has built; returns the path of the .vsix. */
export function packExtension() {
  const missing = NEEDED.filter((file) => !existsSync(join(root, "dist", file)));
  if (missing.length > 0) throw new Error(`dist/ lacks ${missing.join(", ")}: run npm run build.`);
  const vsix = join(root, "netdev-lab.vsix");
  const vsce = join(root, "node_modules/@vscode/vsce/vsce");
  execFileSync(
    process.execPath,
    [
      ...[vsce, "package", "--out", vsix, "--no-dependencies"],
      ...["--allow-missing-repository", "--no-rewrite-relative-links", "--skip-license"],
    ],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  const { size } = statSync(vsix);
  if (size > MAX_BYTES) throw new Error(`netdev-lab.vsix is ${size} bytes, more than ${MAX_BYTES}.`);
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  execFileSync(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root, stdio: "inherit" });
  const vsix = packExtension();
  console.log(`${vsix}: ${(statSync(vsix).size / 1e6).toFixed(2)} MB`);
}
