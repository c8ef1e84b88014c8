import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/** Size of the packed extension, if it has been packed (`npm run package`). */
export function packageSize(root: string): string {
  const file = join(root, "netdev-lab.vsix");
  return existsSync(file) ? `${(statSync(file).size / 1e6).toFixed(2)} MB` : "not packed";
}
