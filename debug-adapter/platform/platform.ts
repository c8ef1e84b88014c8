/** What a session needs of the world around it. Each worker script installs the one that it runs on, before anything else. */
import type { Compile } from "../../sim/instrument/index.ts";
import type { KernelImage } from "../../sim/lab/kernel-image.ts";

/** The simulated kernel, and what is made once for many sessions. */
export interface Kernel {
  readonly image: KernelImage;
  /** Compiles the user's files. */
  readonly compile: Compile;
  /** Keeps what has been compiled so far for the next session; to be called when nobody waits. */
  save(): void;
}

export interface Platform {
  /** Text of a file; null if there is none. */
  readText(path: string): string | null;
  /** Null if it is missing. */
  loadKernel(): Kernel | null;
  /** Paths of this system have `\` between their parts. */
  readonly backslashes: boolean;
  /** Where relative paths begin. */
  readonly workingDirectory: string;
  /** Is less than this share of the heap in use? */
  heapBelow(share: number): boolean;
  /** Processor time that this process has taken, in microseconds. */
  cpuTimeUs(): number;
  /** Calls back when the messages that have come in were heard. */
  soon(task: () => void): void;
}

let installed: Platform | null = null;

export function installPlatform(platform: Platform): void {
  installed = platform;
}

export function platform(): Platform {
  if (installed === null) throw new Error("no platform is installed: the worker's script does that first");
  return installed;
}
