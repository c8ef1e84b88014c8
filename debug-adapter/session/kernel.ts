/** The simulated kernel, read once a worker, and the compiler that belongs to it. */
import type { Compile } from "../../sim/instrument/index.ts";
import type { KernelImage } from "../../sim/lab/kernel-image.ts";
import { UserError } from "../errors.ts";
import { type Kernel, platform } from "../platform/platform.ts";

let loaded: Kernel | null = null;

function kernel(): Kernel {
  loaded ??= platform().loadKernel();
  if (loaded === null)
    throw new UserError("the simulated kernel (kernel-image.json) is missing: run npm run build");
  return loaded;
}

export function loadKernel(): KernelImage {
  return kernel().image;
}

/** Compiles the user's files. */
export function modelCompiler(): Compile {
  return kernel().compile;
}

/** Keeps what has been compiled for the next session: the kernel, and the user's files. */
export function keepCompiled(): void {
  loaded?.save();
}
