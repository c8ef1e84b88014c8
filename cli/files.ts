/** Users' files as the lab reads them. */
import { readFileSync, statSync } from "node:fs";
import type { Files } from "../sim/lab/files.ts";
import { UserError } from "./user-error.ts";

export const userFiles: Files = {
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readText(path) : null),
};

/** The text of a file that is there. @throws UserError if it cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UserError(`cannot read ${path}: ${(error as Error).message}`);
  }
}
