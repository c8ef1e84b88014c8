import type { CompiledModule, FunctionInfo, PcInfo, ScopeInfo } from "./monitor.ts";

/** A compiled module as one line of text each for what every boot needs and for what only a look at the program needs. */
interface Serialised {
  readonly head: Omit<CompiledModule, "pcs" | "scopes" | "functions"> & {
    readonly functions: readonly SerialisedFunction[];
  };
  /** Seven numbers a pc. */
  readonly pcs: string;
  readonly scopes: string;
}

type SerialisedFunction = Omit<FunctionInfo, "module">;

const KINDS: readonly PcInfo["kind"][] = ["statement", "point", "call"];

/** A compiled module as text, for modules compiled at build time; what it imports was checked then. */
export function serialise(module: CompiledModule): string {
  const { pcs, scopes, ...rest } = { ...module, imported: [] };
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
  const text: Serialised = {
    head: { ...rest, functions },
    pcs: packed.join(),
    scopes: JSON.stringify(scopes),
  };
  return JSON.stringify(text);
}

/** The way back: each function points to its module again; tables that few runs look at are unpacked when asked for. */
export function deserialise(text: string): CompiledModule {
  const { head, pcs, scopes } = JSON.parse(text) as Serialised;
  const module = head as unknown as CompiledModule;
  for (const info of module.functions)
    Object.defineProperty(info, "module", { value: module, enumerable: false });
  lazy(module, "pcs", () => unpack(pcs));
  lazy(module, "scopes", () => JSON.parse(scopes) as ScopeInfo[]);
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
