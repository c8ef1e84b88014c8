/** The simulated kernel, read once a worker, and the compiler that belongs to it. */
import { type KernelFiles, readKernel } from "../../host/kernelFiles.ts";
import { ModelCompiler } from "../../host/modelCompiler.ts";
import type { Compile } from "../../sim/instrument/index.ts";
import type { KernelImage } from "../../sim/lab/kernel-image.ts";
import { UserError } from "../errors.ts";

let loaded: KernelFiles | null = null;
let compiler: ModelCompiler | null = null;

export function loadKernel(): KernelImage {
  loaded ??= readKernel(import.meta.url);
  if (loaded === null)
    throw new UserError("the simulated kernel (kernel-image.json) is missing: run npm run build");
  return loaded.image;
}

/** Compiles the user's files. */
export function modelCompiler(): Compile {
  compiler ??= new ModelCompiler(loadKernel().key);
  return compiler.compile;
}

/** Keeps what has been compiled for the next session: the kernel, and the user's files. */
export function keepCompiled(): void {
  loaded?.save();
  compiler?.save();
}
