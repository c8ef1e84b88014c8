/** The simulated kernel and user space, instrumented at build time (dist/kernel-*). */
import { deserialise } from "../instrument/index.ts";
import type { CompiledModule, ModuleFactory } from "../instrument/monitor.ts";
import type { ModuleDetails, ModuleHead } from "../instrument/serialise.ts";

export interface KernelImage {
  readonly key: string;
  /** Module id (`kernel/net/core/dev.ts`) → module. */
  readonly modules: ReadonlyMap<string, CompiledModule>;
  /** Names of the callbacks by which the kernel calls drivers. */
  readonly callbackSlots: ReadonlySet<string>;
}

/** `dist/kernel-image.json`: what every boot needs to know. */
export interface ImageIndex {
  readonly key: string;
  readonly callbackSlots: readonly string[];
  readonly modules: readonly ModuleHead[];
}

/** The image as its host keeps it: three files that `scripts/build.mjs --kernel` wrote. */
export interface ImageParts {
  readonly index: ImageIndex;
  /** `dist/kernel-code.js`, executed: a factory for each module, in the order of the index. */
  readonly factories: readonly ModuleFactory[];
  /** `dist/kernel-details.json`, to be read when somebody looks into the kernel: in the order of the index. */
  readonly details: () => readonly ModuleDetails[];
}

export function kernelImage({ index, factories, details }: ImageParts): KernelImage {
  const modules = new Map<string, CompiledModule>();
  index.modules.forEach((head, i) => {
    modules.set(
      head.id,
      deserialise(head, factories[i]!, () => details()[i]!),
    );
  });
  return { key: index.key, modules, callbackSlots: new Set(index.callbackSlots) };
}

/** Header families that a model may import. */
const FAMILIES = ["linux", "asm", "lab"] as const;

/** The module id behind a header such as `linux/netdevice`. */
export function headerId(specifier: string): string | null {
  const [family] = specifier.split("/");
  return FAMILIES.some((f) => f === family) ? `kernel/include/${specifier}.ts` : null;
}

/** All headers, as a model would write them. */
export function headers(image: KernelImage): string[] {
  const prefix = "kernel/include/";
  return [...image.modules.keys()]
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length, -3));
}

/** Names of the built-in workloads. */
export function builtinWorkloads(image: KernelImage): string[] {
  const prefix = "workload/builtin/";
  return [...image.modules.keys()]
    .filter((id) => id.startsWith(prefix))
    .map((id) => id.slice(prefix.length, -3));
}
