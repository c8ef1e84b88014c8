/** Names that a quick fix brings in, imported from the header that its relatives come from. */
import type { TextEdit } from "vscode-languageserver-protocol";

const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*["'](?:linux|asm)\/[^"']+["']/gm;
const WORD = /\b[A-Za-z_]\w+\b/g;

interface Import {
  readonly names: readonly string[];
  /** Where the next name may stand: behind the brace. */
  readonly offset: number;
}

/** Edits that import what `inserted` names and `text` does not import, as far as its header can be told. */
export function imports(text: string, inserted: readonly string[]): TextEdit[] {
  const known = [...text.matchAll(IMPORT)].map(
    (m): Import => ({
      names: [...m[1]!.matchAll(WORD)].map(([name]) => name),
      offset: m.index + m[0].indexOf("{") + 1,
    }),
  );
  const wanted = new Set(
    inserted.flatMap((piece) =>
      [...piece.matchAll(/\b([a-z]\w*_\w+)(?=\()|\b[A-Z]+_[A-Z_]+\b/g)].map(([n]) => n),
    ),
  );
  return [...wanted].flatMap((name) => {
    if (known.some(({ names }) => names.includes(name))) return [];
    const home = relative(name, known);
    return home === null ? [] : [added(name, home, text)];
  });
}

/** The import of the name that has most in common with this one: `GFP_KERNEL` for `GFP_ATOMIC`. */
function relative(name: string, known: readonly Import[]): Import | null {
  let best: Import | null = null;
  let most = name.indexOf("_", 1);
  for (const one of known)
    for (const other of one.names) {
      const n = common(name, other);
      if (n <= most) continue;
      most = n;
      best = one;
    }
  return best;
}

function common(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

function added(name: string, { offset }: Import, text: string): TextEdit {
  const before = text.slice(0, offset).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  return { range: { start: position, end: position }, newText: ` ${name},` };
}
