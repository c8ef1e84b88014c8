/** Compiles the user's files; one that has not changed since an earlier session is taken from the cache folder. */
import { type Compile, compile, deserialise, serialise } from "../sim/instrument/index.ts";
import type { CompiledModule, CompileOptions } from "../sim/instrument/monitor.ts";
import type { SerialisedModule } from "../sim/instrument/serialise.ts";
import { CacheFile } from "./cacheFile.ts";

export class ModelCompiler {
  readonly #version: string;
  readonly #unkept = new Map<CacheFile, Buffer>();

  /** `version`: key of the kernel image, which changes whenever the compiler does. */
  constructor(version: string) {
    this.#version = version;
  }

  readonly compile: Compile = (source, options) => {
    const cache = new CacheFile(options.file, this.#maker(options));
    const kept = cache.read();
    return (kept && restored(kept, source)) ?? this.#make(source, options, cache);
  };

  /** Keeps what has been compiled, for later sessions; to be called when nobody waits. */
  save(): void {
    for (const [cache, data] of this.#unkept) cache.write(data);
    this.#unkept.clear();
  }

  #make(source: string, options: CompileOptions, cache: CacheFile): CompiledModule {
    const module = compile(source, options);
    // taken apart now: when it has been loaded, its text is gone
    this.#unkept.set(cache, Buffer.from(JSON.stringify(serialise(module))));
    return module;
  }

  #maker(options: CompileOptions): string {
    return JSON.stringify([this.#version, { ...options, accessors: [...(options.accessors ?? [])] }]);
  }
}

function restored(data: Buffer, source: string): CompiledModule | undefined {
  try {
    const { head, code, details } = JSON.parse(data.toString("utf8")) as SerialisedModule;
    return details.source === source ? deserialise(head, code, () => details) : undefined;
  } catch {
    return undefined; // damaged: it is made again
  }
}
