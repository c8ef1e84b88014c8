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
  for (const [specifier, names] of usedNames(module)) {
    const other = find(module, specifier);
    if (other === null) continue;
    const known = exportedNames(other, find, new Set());
    for (const name of names) {
      if (!known.has(name))
        missing.push({ specifier, name, known: [...known], ...positionOf(module.source, specifier, name) });
    }
  }
  return missing;
}

/** The compiled code reads an import as a property of its module's namespace: `$i3.netif_rx`. */
function usedNames({ code }: CompiledModule): Map<string, Set<string>> {
  const specifiers = new Map<string, string>();
  for (const [, i, specifier] of code.matchAll(/const \$i(\d+)=\$rt\.resolve\("([^"\\]+)"\)/g))
    specifiers.set(i!, specifier!);
  const used = new Map<string, Set<string>>();
  for (const [, i, name] of code.matchAll(/\$i(\d+)\.([A-Za-z_$][\w$]*)/g)) {
    const specifier = specifiers.get(i!);
    if (specifier === undefined) continue;
    const names = used.get(specifier) ?? new Set();
    used.set(specifier, names.add(name!));
  }
  return used;
}

/** What importers see, `export *` and live bindings (`get$jiffies` appears as `jiffies`) included. */
function exportedNames(module: CompiledModule, find: Find, seen: Set<CompiledModule>): Set<string> {
  const names = new Set<string>();
  if (seen.has(module)) return names;
  seen.add(module);
  for (const name of module.exports) {
    names.add(name);
    if (name.startsWith("get$")) names.add(name.slice(4));
  }
  for (const [, specifier] of module.source.matchAll(/^\s*export\s*\*\s*from\s*["']([^"']+)["']/gm)) {
    const other = find(module, specifier!);
    if (other !== null)
      for (const name of exportedNames(other, find, seen)) if (name !== "default") names.add(name);
  }
  return names;
}

function positionOf(source: string, specifier: string, name: string): { line: number; column: number } {
  let offset = 0;
  for (const match of source.matchAll(/import\b([^;"']*?)from\s*["']([^"']+)["']/g)) {
    const at = match[0].search(new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`));
    if (match[2] === specifier && at >= 0) offset = match.index + at;
  }
  const before = source.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
