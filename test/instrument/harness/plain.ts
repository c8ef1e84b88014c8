import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { eraseTypes } from "./erase.ts";

const { nativeImport } = createRequire(import.meta.url)("./native-import.cjs") as {
  nativeImport: (url: string) => Promise<Record<string, unknown>>;
};

/** One file of a program: its name (`main.ts`, `a.ts`), its TypeScript. */
export interface SourceFile {
  readonly name: string;
  readonly source: string;
}

let directory: string | undefined;
let programs = 0;

/** Loads a program into Node's own module loader, afresh at each call; the last file is the one whose exports are wanted. */
export async function loadPlain(files: readonly SourceFile[]): Promise<Record<string, unknown>> {
  directory ??= mkdtempSync(join(tmpdir(), "instrument-plain-"));
  const folder = join(directory, String(programs++));
  for (const file of files) {
    const path = join(folder, file.name.replace(/\.ts$/, ".mjs"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      eraseTypes(file.source).replaceAll(/(from\s*|import\s*)"(\.[^"]*)\.ts"/g, '$1"$2.mjs"'),
    );
  }
  const main = files[files.length - 1]!;
  return nativeImport(pathToFileURL(join(folder, main.name.replace(/\.ts$/, ".mjs"))).href);
}

/** Removes the files that {@link loadPlain} wrote. */
export function removePlain(): void {
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  directory = undefined;
}
