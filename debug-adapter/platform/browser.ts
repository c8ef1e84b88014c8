/** A Web Worker: files and the kernel are brought by whoever starts it, since nothing can be read while a run goes on. */
import { compile } from "../../sim/instrument/index.ts";
import type { ModuleFactory } from "../../sim/instrument/monitor.ts";
import type { ModuleDetails } from "../../sim/instrument/serialise.ts";
import { type ImageIndex, kernelImage } from "../../sim/lab/kernel-image.ts";
import type { Platform } from "./platform.ts";

/** The three files of the build, as text. */
export interface KernelTexts {
  readonly index: string;
  readonly code: string;
  readonly details: string;
}

/** Chromium tells how large the heap is; where nobody does, no run is parked on a guess. */
interface Memory {
  readonly memory?: { readonly usedJSHeapSize: number; readonly jsHeapSizeLimit: number };
}

export function browserPlatform(kernel: KernelTexts, files: ReadonlyMap<string, string>): Platform {
  let details: readonly ModuleDetails[] | null = null;
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.addEventListener("message", () => waiting.shift()?.());
  port1.start();
  return {
    readText: (path) => files.get(path) ?? null,
    loadKernel: () => ({
      image: kernelImage({
        index: JSON.parse(kernel.index) as ImageIndex,
        factories: evaluate(kernel.code) as readonly ModuleFactory[],
        details: () => (details ??= JSON.parse(kernel.details) as ModuleDetails[]),
      }),
      compile,
      save: () => {},
    }),
    backslashes: false,
    workingDirectory: "/",
    heapBelow(share) {
      const { memory } = performance as Memory;
      return memory !== undefined && memory.usedJSHeapSize < share * memory.jsHeapSizeLimit;
    },
    cpuTimeUs: () => performance.now() * 1e3,
    soon(task) {
      waiting.push(task);
      port2.postMessage(null);
    },
  };
}

/** Evaluates our own script, which is one expression, in the global scope. */
function evaluate(script: string): unknown {
  // biome-ignore lint/security/noGlobalEval: the kernel's code comes with the extension, and is a script of its own
  // biome-ignore lint/complexity/noCommaOperator: an indirect eval sees globals only
  return (0, eval)(script);
}
