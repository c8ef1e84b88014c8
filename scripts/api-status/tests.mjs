// Which tests use which names.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Where behaviour tests and the models that they run are, best first. */
const FOLDERS = [
  "test/kernel",
  "sim/kernel",
  "test/net",
  "test/hardware",
  "test/cli",
  "test/rules",
  "sim/workload/builtin",
  "examples",
];
/** Constants that test/kernel/constants.test.ts compares. */
const CONSTANTS = "test/kernel/constants.json";

/** Name → the first test file (relative path) that imports it from a header. */
export function testsByName(root) {
  const found = new Map();
  for (const folder of FOLDERS) {
    for (const path of testFiles(join(root, folder))) {
      const shown = relative(root, path).split(sep).join("/");
      for (const name of importedNames(readFileSync(path, "utf8")))
        if (!found.has(name)) found.set(name, shown);
    }
  }
  const constants = JSON.parse(readFileSync(join(root, CONSTANTS), "utf8"));
  for (const name of Object.values(constants).flatMap(Object.keys)) {
    if (!found.has(name)) found.set(name, "test/kernel/constants.test.ts");
  }
  return found;
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  const wanted =
    folder.endsWith(join("sim", "kernel")) || folder.includes(join("test", "kernel")) ? ".test.ts" : ".ts";
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(wanted))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Names that are imported from headers and used at least once more. */
function importedNames(text) {
  const names = new Set();
  for (const [, list] of text.matchAll(
    /import\s*(?:type\s*)?\{([^}]*)\}\s*from\s*["'](?:linux|asm|lab)\/[^"']+["']/g,
  )) {
    for (const item of list.split(",")) {
      const [name, local] = item
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/);
      const used = local ?? name;
      if (
        used &&
        (text.match(new RegExp(`(?<![\\w$])${used.replace(/\$/g, "\\$")}(?![\\w$])`, "g")) ?? []).length > 1
      )
        names.add(name);
    }
  }
  return names;
}
