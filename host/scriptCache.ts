/**
 * Scripts of ours that are compiled once a machine: V8's code of a script, with all functions that one session has
 * used, is kept in the user's cache folder. Without it everything works, only later.
 */
import { isAscii } from "node:buffer";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { Script } from "node:vm";

export class CachedScript {
  readonly #script: Script;
  readonly #cacheFile: string | null;
  readonly #key: string;
  readonly #isCached: boolean;

  /** Reads and compiles the script at `path`. */
  constructor(path: string) {
    const source = textOf(readFileSync(path));
    const { size, mtimeMs } = statSync(path);
    this.#key = `${path} ${process.versions.v8} ${process.arch} ${size} ${mtimeMs}\n`;
    this.#cacheFile = cacheFile(path);
    const cachedData = this.#cached();
    this.#script = new Script(source, cachedData ? { filename: path, cachedData } : { filename: path });
    this.#isCached = cachedData !== undefined && this.#script.cachedDataRejected === false;
  }

  /** The value of the script's expression. */
  run(): unknown {
    return this.#script.runInThisContext();
  }

  /** Keeps what has been compiled so far; to be called once the common paths have run. */
  save(): void {
    if (this.#isCached || this.#cacheFile === null) return;
    try {
      const temporary = `${this.#cacheFile}.${process.pid}`;
      writeFileSync(temporary, Buffer.concat([Buffer.from(this.#key), this.#script.createCachedData()]));
      renameSync(temporary, this.#cacheFile);
    } catch {
      // no room, no right: the next session compiles again
    }
  }

  #cached(): Buffer | undefined {
    if (this.#cacheFile === null) return undefined;
    try {
      const data = readFileSync(this.#cacheFile);
      const key = Buffer.from(this.#key);
      return data.subarray(0, key.length).equals(key) ? data.subarray(key.length) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Plain ASCII, as our scripts are, needs no decoding and half the memory. */
function textOf(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8");
}

/** The cache of the script at `path`; null where there is no place to keep it. */
function cacheFile(path: string): string | null {
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
