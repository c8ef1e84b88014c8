/** The driver models that paths on the command line mean. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "./user-error.ts";

/** A file that is named is a model; in a folder, every file that calls module_init. */
export function modelsIn(path: string): string[] {
  if (!existsSync(path)) throw new UserError(`there is no file ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
      if (entry.isDirectory()) return modelsIn(inside);
      return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") && isModel(inside) ? [inside] : [];
    });
}

function isModel(path: string): boolean {
  return /^\s*module_init\(/m.test(readFileSync(path, "utf8"));
}
