// Installs the browser-hosted VS Code on demand: an npm package with a lockfile of its own, no install scripts.
import { execFileSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDebian } from "../../scripts/debian.mjs";

export const workbenchRoot = dirname(fileURLToPath(import.meta.url));
const modules = join(workbenchRoot, "node_modules");
export const codeServer = join(modules, "code-server");

/** Makes sure that the workbench package is installed as its lockfile says. */
export function installWorkbench(say = console.log) {
  const lock = readFileSync(join(workbenchRoot, "package-lock.json"), "utf8");
  const stamp = join(modules, ".netdev-lab-lock");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== lock) {
    say("Installing a browser-hosted VS Code for this checkout (about 600 MB, once) …");
    // Windows starts npm only through a shell; the arguments are constants.
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: workbenchRoot,
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
    // code-server ships VS Code without its modules; its install script (which compiles natives) would fetch them.
    link(modules, join(codeServer, "lib/vscode/node_modules"));
    link(modules, join(codeServer, "lib/vscode/extensions/node_modules"));
    writeFileSync(stamp, lock);
  }
}

/** The Node 24 that this code-server needs: the one from npm, else our own if it is new enough. */
export function workbenchNode() {
  const bundled = join(modules, `node-${process.platform}-${process.arch}`, "bin/node");
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Error(`The browser-hosted VS Code needs Node 24 on ${process.platform}-${process.arch}.`);
}

function link(target, path) {
  if (lstatSync(path, { throwIfNoEntry: false })) rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction");
}

const BROWSERS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];

/** Path of a Chromium on this machine, or undefined. `CHROMIUM_PATH` overrides. */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : undefined;
  for (const folder of (process.env.PATH ?? "").split(":")) {
    for (const name of BROWSERS) {
      const path = join(folder, name);
      if (folder !== "" && existsSync(path)) return path;
    }
  }
  return undefined;
}

/** As `findBrowser`, but installs Debian's Chromium if there is none and we may. */
export function requireBrowser(say = console.log) {
  const found = findBrowser();
  if (found) return found;
  installDebian(
    ["chromium", "fonts-dejavu-core"],
    "The editor test (or CHROMIUM_PATH set to another browser)",
    say,
  );
  const installed = findBrowser();
  if (!installed) throw new Error("apt-get ran, but no chromium is on the PATH.");
  return installed;
}
