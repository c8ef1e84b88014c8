import { createHash } from "node:crypto";
import { cp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Folder beside the user's models that holds the types of `linux/…`, `asm/…` and `lab/…`. */
export const API_HOME = ".netdev-lab";
const STAMP = "version";

/** A fingerprint of all files below a folder: names and contents. */
export async function fingerprint(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await filesBelow(folder)) {
    hash.update(`${path}\0`);
    hash.update(await readFile(join(folder, path)));
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * Makes `<folder>/.netdev-lab/api` equal to the extension's own copy. Returns whether anything was written.
 * The new tree is put in place by renaming, so the language server never sees half of it.
 */
export async function refreshApi(source: string, folder: string): Promise<boolean> {
  const home = join(folder, API_HOME);
  const stamp = await fingerprint(source);
  const present = await readFile(join(home, STAMP), "utf8").catch(() => "");
  if (present.trim() === stamp && (await isFolder(join(home, "api")))) return false;
  const fresh = join(home, `api-${process.pid}`);
  await rm(fresh, { recursive: true, force: true });
  await cp(source, fresh, { recursive: true });
  await rm(join(home, "api"), { recursive: true, force: true });
  await rename(fresh, join(home, "api"));
  await writeFile(join(home, STAMP), `${stamp}\n`);
  return true;
}

/** The nearest folder at or above a file that has a copy of the types, or undefined. */
export async function folderWithApi(file: string): Promise<string | undefined> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (await isFolder(join(folder, API_HOME))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
