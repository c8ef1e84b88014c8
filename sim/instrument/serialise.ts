import type { CompiledModule, FunctionInfo, ModuleFactory, PcInfo, ScopeInfo } from "./monitor.ts";

/** A compiled module in the three parts in which a host keeps it. */
export interface SerialisedModule {
  /** What every boot needs to know of the module. */
  readonly head: ModuleHead;
  /** Body of its factory. */
  readonly code: string;
  /** What only a look at the program needs. */
  readonly details: ModuleDetails;
}

export type ModuleHead = Omit<CompiledModule, "code" | "source" | "pcs" | "scopes" | "functions"> & {
  readonly functions: readonly Omit<FunctionInfo, "module">[];
};

/** Texts, unpacked when somebody asks. */
export interface ModuleDetails {
  readonly source: string;
  /** Seven numbers a pc. */
  readonly pcs: string;
  readonly scopes: string;
}

const KINDS: readonly PcInfo["kind"][] = ["statement", "point", "call"];

/** Takes a compiled module apart. */
export function serialise(module: CompiledModule): SerialisedModule {
  const { pcs, scopes, source, code, ...rest } = module;
  if (typeof code !== "string") throw new Error(`${module.id} has been loaded: only its text can be stored`);
  const functions = module.functions.map(({ name, range, firstPc }) => ({ name, range, firstPc }));
  const packed = pcs.flatMap((pc) => [
    pc.line,
    pc.column,
    pc.endLine,
    pc.endColumn,
    KINDS.indexOf(pc.kind),
    pc.fn,
    pc.scope,
  ]);
  return {
    head: { ...rest, functions },
    code,
    details: { source, pcs: packed.join(), scopes: JSON.stringify(scopes) },
  };
}

/** The way back: each function points to its module again; details are fetched and unpacked when asked for. */
export function deserialise(
  head: ModuleHead,
  code: string | ModuleFactory,
  details: () => ModuleDetails,
): CompiledModule {
  const module = { ...head, code } as unknown as CompiledModule;
  for (const info of module.functions)
    Object.defineProperty(info, "module", { value: module, enumerable: false });
  lazy(module, "source", () => details().source);
  lazy(module, "pcs", () => unpack(details().pcs));
  lazy(module, "scopes", () => JSON.parse(details().scopes) as ScopeInfo[]);
  return module;
}

function unpack(text: string): PcInfo[] {
  if (text === "") return [];
  const numbers = text.split(",").map(Number);
  const pcs: PcInfo[] = [];
  for (let i = 0; i < numbers.length; i += 7) {
    const [line, column, endLine, endColumn, kind, fn, scope] = numbers.slice(i, i + 7) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    pcs.push({ line, column, endLine, endColumn, kind: KINDS[kind]!, fn, scope });
  }
  return pcs;
}

function lazy<K extends keyof CompiledModule>(
  module: CompiledModule,
  key: K,
  make: () => CompiledModule[K],
): void {
  let value: CompiledModule[K] | undefined;
  Object.defineProperty(module, key, {
    enumerable: true,
    get: () => {
      value ??= make();
      return value;
    },
  });
}
