// What npm start and npm test share: the right Node, the packages of the lockfile, a fresh build.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs what is missing and builds; ends the process with a message if that fails. */
export function prepare() {
  const [major] = process.versions.node.split(".");
  if (Number(major) < 20) fail(`Netdev Lab needs Node 20 or newer; this is ${process.versions.node}.`);
  if (!installed()) {
    console.log("Installing the packages of package-lock.json …");
    // Windows starts npm only through a shell; the arguments are constants.
    const shell = process.platform === "win32";
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
    if (run("npm", args, { shell }) !== 0) fail("npm ci failed.");
  }
  if (run(process.execPath, ["scripts/build.mjs"]) !== 0) fail("The build failed.");
}

/** Runs a program in the checkout, with its output on ours; returns its exit code. */
export function run(file, args, options = {}) {
  const { status, error } = spawnSync(file, args, { cwd: root, stdio: "inherit", ...options });
  if (error) console.error(String(error));
  return status ?? 1;
}

/** Path of a program on the PATH, or undefined. */
export function onPath(...names) {
  const endings = process.platform === "win32" ? [".cmd", ".exe"] : [""];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names.flatMap((n) => endings.map((ending) => n + ending))) {
      if (folder !== "" && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return undefined;
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** npm notes what it installed in node_modules/.package-lock.json: all that the lockfile names must be there. */
function installed() {
  const noted = join(root, "node_modules/.package-lock.json");
  if (!existsSync(noted)) return false;
  const present = JSON.parse(readFileSync(noted, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === "" || link || present[path]?.version === version || (optional && !present[path]),
  );
}
