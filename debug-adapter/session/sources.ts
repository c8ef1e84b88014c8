/**
 * Sources as clients see them: files of the user by path, the simulated kernel by reference, or (for a client that can
 * open those itself) by URIs of the scheme `linux`.
 */
import type { CompiledModule } from "../../sim/instrument/monitor.ts";
import type { KernelImage } from "../../sim/lab/kernel-image.ts";
import type { Place } from "../../sim/machine/events.ts";
import { UserError } from "../errors.ts";
import type { Dap } from "../protocol.ts";
import type { Client } from "./client.ts";

/** Scheme of the kernel's paths in places and messages. */
const KERNEL_SCHEME = "linux:";
const FIRST_REFERENCE = 1001;

export class Sources {
  readonly #kernel: readonly CompiledModule[];
  readonly #references: ReadonlyMap<CompiledModule, number>;
  readonly #byFile = new Map<string, CompiledModule>();

  readonly #kernelUris: boolean;

  constructor(image: KernelImage, kernelUris = false) {
    this.#kernelUris = kernelUris;
    // In order of their names, so that a file keeps its number as long as the kernel keeps its files.
    this.#kernel = [...image.modules.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    this.#references = new Map(this.#kernel.map((module, i) => [module, FIRST_REFERENCE + i]));
    for (const module of this.#kernel) this.#byFile.set(module.file, module);
  }

  get kernelModules(): readonly CompiledModule[] {
    return this.#kernel;
  }

  isKernel(module: CompiledModule): boolean {
    return this.#references.has(module);
  }

  /** The source of a module. */
  of(module: CompiledModule, client: Client): Dap.Source {
    const reference = this.#references.get(module);
    if (reference === undefined) return userSource(module.file, client);
    return {
      name: baseName(module.file),
      ...(this.#kernelUris
        ? { path: module.file }
        : { path: kernelPath(module.file), sourceReference: reference }),
      origin: "simulated kernel",
      presentationHint: "deemphasize",
    };
  }

  /** The source of a file that a place names. */
  ofFile(file: string, client: Client): Dap.Source {
    const module = this.#byFile.get(file);
    return module === undefined ? userSource(file, client) : this.of(module, client);
  }

  /** The kernel's module that a client means, or null if it means a file of the user. */
  kernelModule(source: Dap.Source): CompiledModule | null {
    const { sourceReference, path } = source;
    if (sourceReference !== undefined && sourceReference > 0)
      return this.#kernel[sourceReference - FIRST_REFERENCE] ?? null;
    return path === undefined ? null : (this.#byFile.get(kernelFile(path)) ?? null);
  }

  /** A place as clients find links in text. */
  link({ file, line, column }: Place): string {
    if (!this.#kernelUris || !file.startsWith(KERNEL_SCHEME)) return `${file}:${line}:${column}`;
    return `${KERNEL_SCHEME}//${kernelPath(file)}#${line},${column}`;
  }

  /** Text of a source that has no file. */
  text(reference: number): string {
    const module = this.#kernel[reference - FIRST_REFERENCE];
    if (module === undefined) throw new UserError(`there is no source with the reference ${reference}`);
    return module.source;
  }
}

function userSource(file: string, client: Client): Dap.Source {
  return { name: baseName(file), path: client.path(file) };
}

function kernelPath(file: string): string {
  return file.startsWith(KERNEL_SCHEME) ? file.slice(KERNEL_SCHEME.length) : file;
}

/** `linux:///kernel/sched.ts`, `linux:/kernel/sched.ts` and `/kernel/sched.ts` are the same file. */
function kernelFile(path: string): string {
  const plain = kernelPath(path);
  return KERNEL_SCHEME + (plain.startsWith("///") ? plain.slice(2) : plain);
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
