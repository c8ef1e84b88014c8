/** What is made from a file of the user's or ours, kept in the user's cache folder until that file or its maker changes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";

export class CacheFile {
  readonly #path: string | null;
  readonly #key: Buffer;

  /** `of`: path of the file it is made from; `maker`: what else it depends on, as text. */
  constructor(of: string, maker: string) {
    this.#path = placeFor(of);
    this.#key = Buffer.from(`${JSON.stringify([of, maker])}\n`);
  }

  /** What was kept; undefined if there is nothing, or something else has been made since. */
  read(): Buffer | undefined {
    if (this.#path === null) return undefined;
    try {
      const data = readFileSync(this.#path);
      const key = this.#key;
      return data.subarray(0, key.length).equals(key) ? data.subarray(key.length) : undefined;
    } catch {
      return undefined;
    }
  }

  write(data: Buffer): void {
    if (this.#path === null) return;
    try {
      const temporary = `${this.#path}.${process.pid}`;
      writeFileSync(temporary, Buffer.concat([this.#key, data]));
      renameSync(temporary, this.#path);
    } catch {
      // no room, no right: the next session makes it again
    }
  }
}

/** Null where nothing can be kept. */
function placeFor(path: string): string | null {
  try {
    const folder = join(cacheFolder(), "netdev-lab");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return join(folder, `${basename(path)}-${hash(path)}`);
  } catch {
    return null;
  }
}

/** FNV-1a of a path, to tell several installations apart: loading a real hash takes longer than all else here. */
function hash(path: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < path.length; i++) h = Math.imul(h ^ path.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA) return LOCALAPPDATA;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return XDG_CACHE_HOME || join(homedir(), ".cache");
}
