/** The simulated kernel, read once a worker. */
import { type KernelFiles, readKernel } from "../../host/kernelFiles.ts";
import type { KernelImage } from "../../sim/lab/kernel-image.ts";
import { UserError } from "../errors.ts";

let loaded: KernelFiles | null = null;

export function loadKernel(): KernelImage {
  loaded ??= readKernel(import.meta.url);
  if (loaded === null)
    throw new UserError("the simulated kernel (kernel-image.json) is missing: run npm run build");
  return loaded.image;
}

/** Keeps the kernel's compiled code for the next session. */
export function keepKernel(): void {
  loaded?.save();
}
