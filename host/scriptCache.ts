/**
 * Scripts of ours that are compiled once a machine: V8's code of a script, with all functions that one session has
 * used, is kept in the user's cache folder. Without it everything works, only later.
 */
import { isAscii } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { Script } from "node:vm";
import { CacheFile } from "./cacheFile.ts";

export class CachedScript {
  readonly #script: Script;
  readonly #cache: CacheFile;
  readonly #isCached: boolean;

  /** Reads and compiles the script at `path`. */
  constructor(path: string) {
    const source = textOf(readFileSync(path));
    const { size, mtimeMs } = statSync(path);
    this.#cache = new CacheFile(path, `${process.versions.v8} ${process.arch} ${size} ${mtimeMs}`);
    const cachedData = this.#cache.read();
    this.#script = new Script(source, cachedData ? { filename: path, cachedData } : { filename: path });
    this.#isCached = cachedData !== undefined && this.#script.cachedDataRejected === false;
  }

  /** The value of the script's expression. */
  run(): unknown {
    return this.#script.runInThisContext();
  }

  /** Keeps what has been compiled so far; to be called once the common paths have run. */
  save(): void {
    if (!this.#isCached) this.#cache.write(this.#script.createCachedData());
  }
}

/** Plain ASCII, as our scripts are, needs no decoding and half the memory. */
function textOf(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString("latin1") : bytes.toString("utf8");
}
