/** The simulated kernel as built: one file beside the program, read once a worker. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type KernelImage, kernelImage } from "../../sim/lab/kernel-image.ts";
import { UserError } from "../errors.ts";

let loaded: KernelImage | null = null;

/** Candidates: beside the bundle, and in the checkout's dist/ when run from source. */
const CANDIDATES = ["./kernel-image.json", "../../dist/kernel-image.json"];

export function loadKernel(): KernelImage {
  if (loaded !== null) return loaded;
  const paths = CANDIDATES.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new UserError(`the simulated kernel is missing: ${paths[0]} (run npm run build)`);
  loaded = kernelImage(readFileSync(path, "utf8"));
  return loaded;
}

/** Names of the callbacks by which the kernel calls drivers, as its own source names them. */
export function callbackSlots(image: KernelImage): Set<string> {
  const slots = new Set<string>();
  for (const module of image.modules.values())
    for (const match of module.source.matchAll(/\bdriver_call\(\s*"([^"]+)"/g)) slots.add(match[1]!);
  return slots;
}
