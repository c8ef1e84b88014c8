/** A worker of Node: files of the disk, and what was compiled before from the user's cache folder. */
import { readFileSync } from "node:fs";
import { readKernel } from "../../host/kernelFiles.ts";
import { ModelCompiler } from "../../host/modelCompiler.ts";
import { LiveHeap } from "./liveHeap.ts";
import type { Kernel, Platform } from "./platform.ts";

export function nodePlatform(): Platform {
  let heap: LiveHeap | null = null;
  return {
    readText(path) {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return null;
      }
    },
    loadKernel(): Kernel | null {
      const files = readKernel(import.meta.url);
      if (files === null) return null;
      const compiler = new ModelCompiler(files.image.key);
      const save = (): void => {
        files.save();
        compiler.save();
      };
      return { image: files.image, compile: compiler.compile, save };
    },
    backslashes: process.platform === "win32",
    workingDirectory: process.cwd(),
    heapBelow(share) {
      heap ??= new LiveHeap();
      return heap.below(share);
    },
    cpuTimeUs: () => process.cpuUsage().user,
    soon: (task) => void setImmediate(task),
  };
}
