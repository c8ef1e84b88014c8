/** Finds names that a module imports and uses although the other module exports nothing of the kind. */
import type { CompiledModule } from "../instrument/index.ts";

export interface MissingName {
  readonly specifier: string;
  readonly name: string;
  /** What the other module has. */
  readonly known: readonly string[];
  /** Where the name stands in the import declaration; lines and columns count from 1. */
  readonly line: number;
  readonly column: number;
}

type Find = (from: CompiledModule, specifier: string) => CompiledModule | null;

/** Imports that are used as values; those of types are gone after compilation. */
export function missingNames(module: CompiledModule, find: Find): MissingName[] {
  const missing: MissingName[] = [];
  for (const { specifier, name, passedOn, line, column } of module.imported) {
    const other = find(module, specifier);
    if (other === null) continue;
    if (exportsName(other, name, find, new Set())) continue;
    if (passedOn && declaresType(other, name, find, new Set())) continue;
    const known = [...exportedNames(other, find, new Set())];
    missing.push({ specifier, name, known, line, column });
  }
  return missing;
}

/** Live bindings (`get$jiffies`) appear as `jiffies`; `export *` passes on all but the default. */
function exportsName(module: CompiledModule, name: string, find: Find, seen: Set<CompiledModule>): boolean {
  if (seen.has(module)) return false;
  seen.add(module);
  if (module.exports.includes(name) || module.exports.includes(`get$${name}`)) return true;
  if (name === "default") return false;
  return module.stars.some((specifier) => {
    const other = find(module, specifier);
    return other !== null && exportsName(other, name, find, seen);
  });
}

/** All that importers see, `export *` and live bindings (`get$jiffies` appears as `jiffies`) included. */
function exportedNames(module: CompiledModule, find: Find, seen: Set<CompiledModule>): Set<string> {
  const names = new Set<string>();
  if (seen.has(module)) return names;
  seen.add(module);
  for (const name of module.exports) {
    names.add(name);
    if (name.startsWith("get$")) names.add(name.slice(4));
  }
  for (const specifier of module.stars) {
    const other = find(module, specifier);
    if (other !== null)
      for (const name of exportedNames(other, find, seen)) if (name !== "default") names.add(name);
  }
  return names;
}

/** Is it a type there? */
function declaresType(module: CompiledModule, name: string, find: Find, seen: Set<CompiledModule>): boolean {
  if (seen.has(module)) return false;
  seen.add(module);
  if (module.types.includes(name)) return true;
  return module.stars.some((specifier) => {
    const other = find(module, specifier);
    return other !== null && declaresType(other, name, find, seen);
  });
}
