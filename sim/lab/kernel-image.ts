/** The simulated kernel and user space, instrumented at build time (dist/kernel-image.json). */
import { deserialise } from "../instrument/index.ts";
import type { CompiledModule } from "../instrument/monitor.ts";

export interface KernelImage {
  readonly key: string;
  /** Module id (`kernel/net/core/dev.ts`) → module. */
  readonly modules: ReadonlyMap<string, CompiledModule>;
}

/** Reads what `scripts/build.mjs --kernel` wrote. */
export function kernelImage(json: string): KernelImage {
  const image = JSON.parse(json) as { key: string; modules: Parameters<typeof deserialise>[0][] };
  const modules = new Map<string, CompiledModule>();
  for (const serialised of image.modules) {
    const module = deserialise(serialised);
    modules.set(module.id, module);
  }
  return { key: image.key, modules };
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
