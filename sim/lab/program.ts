/** A program: the model's files and the workload, compiled, with everything that they import found. */
import {
  type Compile,
  type CompiledModule,
  type CompileOptions,
  compile,
  type InstrumentDiagnostic,
  shareAccessors,
} from "../instrument/index.ts";
import { type Files, findFile, resolvePath } from "./files.ts";
import { missingNames } from "./imported-names.ts";
import { builtinWorkloads, headerId, headers, type KernelImage } from "./kernel-image.ts";
import { didYouMean } from "./nearest.ts";

export interface Program {
  readonly image: KernelImage;
  readonly model: CompiledModule;
  /** The model's files, the main one first. */
  readonly modelModules: readonly CompiledModule[];
  /** The workload's files; empty for a built-in one. */
  readonly workloadModules: readonly CompiledModule[];
  /** Module whose default export is the workload. */
  readonly workload: CompiledModule;
  readonly workloadName: string;
  /** Finds the module that `from` means by `specifier`. Host modules (`machine`, `lab`, `hardware`) are not among them. */
  resolve(from: CompiledModule, specifier: string): CompiledModule | null;
}

export interface Preparation {
  readonly program: Program | null;
  /** Errors (then there is no program) and warnings, in order of the files. */
  readonly diagnostics: readonly InstrumentDiagnostic[];
}

export interface ProgramRequest {
  /** Absolute path of the model's main file. */
  readonly model: string;
  /** Name of a built-in workload, or the absolute path of a file that ends in `.ts`. */
  readonly workload: string;
  readonly files: Files;
  readonly image: KernelImage;
  /** Compiles the user's files; default `compile`. */
  readonly compile?: Compile;
}

/** Modules that only the kernel may import. */
const HOST_MODULES: ReadonlySet<string> = new Set(["machine", "lab", "hardware"]);

export function isHostModule(specifier: string): boolean {
  return HOST_MODULES.has(specifier);
}

export function prepare(request: ProgramRequest): Preparation {
  return new Preparer(request).prepare();
}

function unknownImport(specifier: string, known: readonly string[]): string {
  const own = "a model imports kernel headers (linux/…, asm/…, lab/…) and its own files (./…)";
  return `there is no module "${specifier}"${didYouMean(specifier, known)}; ${own}`;
}

const namesInit = (module: CompiledModule): boolean =>
  module.imported.some(({ name }) => name === "module_init");

class Preparer {
  readonly #request: ProgramRequest;
  readonly #userModules = new Map<string, CompiledModule>();
  readonly #diagnostics: InstrumentDiagnostic[] = [];
  readonly #compile: Compile;
  /** Accessors of the kernel. */
  readonly #accessors: readonly string[];

  constructor(request: ProgramRequest) {
    this.#request = request;
    this.#compile = request.compile ?? compile;
    this.#accessors = [...request.image.modules.values()].flatMap((module) => module.accessors);
  }

  prepare(): Preparation {
    const { image, workload: name } = this.#request;
    const modelModules = this.#compileFrom(this.#request.model, "driver model");
    const builtin = image.modules.get(`workload/builtin/${name}.ts`);
    const before = this.#userModules.size;
    if (builtin === undefined && !name.endsWith(".ts")) this.#unknownWorkload(name);
    const workloadModules =
      builtin !== undefined || !name.endsWith(".ts") ? [] : this.#compileFrom(name, "workload");
    const own = workloadModules.slice(0, this.#userModules.size - before);
    this.#shareAccessors(modelModules, workloadModules, own);
    const workload = builtin ?? workloadModules[0];
    const model = modelModules[0];
    for (const module of this.#userModules.values()) this.#checkNames(module);
    if (
      this.#diagnostics.some((d) => d.severity === "error") ||
      model === undefined ||
      workload === undefined
    ) {
      return { program: null, diagnostics: this.#diagnostics };
    }
    if (!workload.exports.includes("default")) {
      this.#complain(
        workload.file,
        "no-default-export",
        "a workload has a default export: `export default function main() { … }`",
      );
      return { program: null, diagnostics: this.#diagnostics };
    }
    if (!modelModules.some(namesInit)) this.#noInit(model.file);
    const resolve = (from: CompiledModule, specifier: string): CompiledModule | null =>
      this.#resolve(from, specifier);
    const program: Program = {
      image,
      model,
      modelModules,
      workloadModules: own,
      workload,
      workloadName: name,
      resolve,
    };
    return { program, diagnostics: this.#diagnostics };
  }

  /** Compiles a file and all that it imports by relative paths; the file itself comes first. */
  #compileFrom(path: string, what: string): CompiledModule[] {
    const text = this.#request.files.read(path);
    if (text === null) {
      this.#complain(path, "no-such-file", `there is no ${what} ${path}`);
      return [];
    }
    const found: CompiledModule[] = [];
    this.#visit(path, text, found);
    return found;
  }

  #visit(path: string, text: string, found: CompiledModule[]): void {
    const known = this.#userModules.get(path);
    if (known !== undefined) {
      if (!found.includes(known)) found.push(known);
      return;
    }
    const module = this.#compile(text, this.#options(path));
    this.#userModules.set(path, module);
    found.push(module);
    this.#diagnostics.push(...module.diagnostics);
    for (const specifier of module.imports) this.#follow(module, specifier, found);
  }

  #follow(module: CompiledModule, specifier: string, found: CompiledModule[]): void {
    const { files, image } = this.#request;
    if (specifier.startsWith(".")) {
      const file = findFile(files, module.file, specifier);
      if (file !== null) this.#visit(file.path, file.text, found);
      else this.#badImport(module, specifier, `there is no file ${resolvePath(module.file, specifier)}.ts`);
      return;
    }
    const id = headerId(specifier);
    if (id === null || !image.modules.has(id)) {
      this.#badImport(module, specifier, unknownImport(specifier, headers(image)));
    }
  }

  #options(file: string): CompileOptions {
    return { id: file, file, points: "accesses", accessors: this.#accessors };
  }

  /** Accessors that one module declares can pause in all others. */
  #shareAccessors(...lists: CompiledModule[][]): void {
    const before = [...this.#userModules.values()];
    const after = shareAccessors(before, ({ file }) => this.#options(file), this.#compile);
    before.forEach((module, i) => {
      this.#userModules.set(module.file, after[i]!);
      for (const list of lists) if (list.includes(module)) list[list.indexOf(module)] = after[i]!;
    });
  }

  #resolve(from: CompiledModule, specifier: string): CompiledModule | null {
    const { image, files } = this.#request;
    if (!specifier.startsWith(".")) {
      const id = headerId(specifier);
      return id === null ? null : (image.modules.get(id) ?? null);
    }
    if (image.modules.get(from.id) === from)
      return image.modules.get(resolvePath(from.id, specifier)) ?? null;
    const file = findFile(files, from.file, specifier);
    return file === null ? null : (this.#userModules.get(file.path) ?? null);
  }

  #checkNames(module: CompiledModule): void {
    for (const { specifier, name, known, line, column } of missingNames(module, (from, to) =>
      this.#resolve(from, to),
    )) {
      const message = `"${specifier}" has no ${name}${didYouMean(name, known)}`;
      this.#complain(module.file, "unknown-import", message, line, column, name.length);
    }
  }

  #badImport(module: CompiledModule, specifier: string, message: string): void {
    const lines = module.source.split("\n");
    const quoted = [`"${specifier}"`, `'${specifier}'`];
    const row = Math.max(
      0,
      lines.findIndex((text) => quoted.some((q) => text.includes(q))),
    );
    const column = Math.max(0, ...quoted.map((q) => lines[row]!.indexOf(q)));
    this.#complain(module.file, "unknown-import", message, row + 1, column + 1, specifier.length + 2);
  }

  #unknownWorkload(name: string): void {
    const known = builtinWorkloads(this.#request.image).join(", ");
    const message = `there is no workload "${name}"; built-in ones are ${known}; a file of your own ends in .ts`;
    this.#complain(this.#request.model, "unknown-workload", message);
  }

  /** Legal, and hardly ever meant: nothing but the top level of the file runs. */
  #noInit(file: string): void {
    const message =
      "this driver model never calls module_init(): insmod runs nothing but the top level of the file";
    this.#complain(file, "no-module-init", message, 1, 1, 1, "warning");
  }

  #complain(
    file: string,
    code: string,
    message: string,
    line = 1,
    column = 1,
    length = 1,
    severity: InstrumentDiagnostic["severity"] = "error",
  ): void {
    this.#diagnostics.push({
      file,
      code,
      message,
      severity,
      line,
      column,
      endLine: line,
      endColumn: column + length,
    });
  }
}
