/** The simulated kernel as the build left it: three files beside the program, or in the checkout's dist/. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ModuleFactory } from "../sim/instrument/monitor.ts";
import type { ModuleDetails } from "../sim/instrument/serialise.ts";
import { type ImageIndex, type KernelImage, kernelImage } from "../sim/lab/kernel-image.ts";
import { CachedScript } from "./scriptCache.ts";

export interface KernelFiles {
  readonly image: KernelImage;
  /** Keeps the kernel's code as compiled so far, for the next process; to be called after a run. */
  save(): void;
}

/** Reads the image; null if there is none in the folder of `program` (a file URL) or in `../dist` of it. */
export function readKernel(program: string): KernelFiles | null {
  const folder = dirname(fileURLToPath(program));
  const dist = [folder, join(folder, "../dist"), join(folder, "../../dist")].find((path) =>
    existsSync(join(path, "kernel-image.json")),
  );
  if (dist === undefined) return null;
  const script = new CachedScript(join(dist, "kernel-code.js"));
  let details: readonly ModuleDetails[] | undefined;
  const image = kernelImage({
    index: JSON.parse(readFileSync(join(dist, "kernel-image.json"), "utf8")) as ImageIndex,
    factories: script.run() as readonly ModuleFactory[],
    details: () => {
      details ??= JSON.parse(readFileSync(join(dist, "kernel-details.json"), "utf8")) as ModuleDetails[];
      return details;
    },
  });
  return { image, save: () => script.save() };
}
