/** How the lab reads users' files; the host (command line, adapter, browser) supplies it. Paths use `/`. */
export interface Files {
  /** The text of a file, or null if there is none. */
  read(path: string): string | null;
}

/** The path of `relative` as imported from the file `from`. */
export function resolvePath(from: string, relative: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** Finds what a relative import means: the path itself, with `.ts`, or `index.ts` in a folder. */
export function findFile(
  files: Files,
  from: string,
  specifier: string,
): { path: string; text: string } | null {
  const base = resolvePath(from, specifier);
  for (const path of [base, `${base}.ts`, base.replace(/\.js$/, ".ts"), `${base}/index.ts`]) {
    if (!path.endsWith(".ts")) continue;
    const text = files.read(path);
    if (text !== null) return { path, text };
  }
  return null;
}
