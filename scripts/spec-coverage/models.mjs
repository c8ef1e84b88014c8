/** The driver models of the tests and examples, by the rule that they are about. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} root of the checkout
 * @returns {Map<string, { failing: string[], passing: string[] }>} by rule: models that must break it, and their right twins
 */
export function modelsByRule(root) {
  const found = new Map();
  const note = (rule, kind, path) => {
    const entry = found.get(rule) ?? { failing: [], passing: [] };
    entry[kind].push(path);
    found.set(rule, entry);
  };
  for (const folder of foldersIn(root, "test/rules")) {
    for (const rule of expected(root, `${folder}/bad.ts`)) {
      note(rule, "failing", `${folder}/bad.ts`);
      note(rule, "passing", `${folder}/good.ts`);
    }
  }
  for (const path of filesIn(root, STYLES)) {
    for (const rule of mistakes(root, path)) {
      note(rule, "failing", path);
      note(rule, "passing", path);
    }
  }
  for (const entry of found.values())
    for (const kind of ["failing", "passing"]) entry[kind] = [...new Set(entry[kind])].slice(0, MOST);
  return found;
}

function foldersIn(root, path) {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${path}/${entry.name}`)
    .sort();
}

/** Drivers in others' styles, correct as they stand; comments name the mistakes that a test puts into them. */
const STYLES = "test/analysis/styles";
/** So many models of a rule are named. */
const MOST = 3;

function filesIn(root, path) {
  return readdirSync(join(root, path))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${path}/${name}`)
    .sort();
}

function mistakes(root, path) {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/\/\/ wrong ([\w,-]+):/g)].flatMap(([, rules]) => rules.split(","));
}

/** What the header of a model says must be found. */
function expected(root, path) {
  if (!existsSync(join(root, path))) return [];
  const lines = readFileSync(join(root, path), "utf8").split("\n");
  const words = lines.flatMap((line) => /@expect\s+(.*)/.exec(line)?.[1]?.split(/\s+/) ?? []);
  return words.filter((word) => word !== "none" && /^[a-z]/.test(word));
}
