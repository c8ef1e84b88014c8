// Which names the headers export, and where each is declared.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parse } from "@babel/parser";

const FAMILIES = ["asm", "lab", "linux"];
const TYPE_DECLARATIONS = new Set(["TSTypeAliasDeclaration", "TSInterfaceDeclaration"]);

/** All exported names with their headers, kind and reason, sorted by name. */
export function collectApi(kernel) {
  const files = new Map();
  const byKey = new Map();
  for (const family of FAMILIES) {
    for (const file of readdirSync(join(kernel, "include", family)).sort()) {
      const path = join(kernel, "include", family, file);
      const header = `${family}/${file.replace(/\.ts$/, "")}`;
      for (const found of exportsOf(path, files)) {
        const key = `${found.name}\0${found.file}`;
        const entry = byKey.get(key) ?? { ...found, file: relative(kernel, found.file), headers: [] };
        if (!entry.headers.includes(header)) entry.headers.push(header);
        byKey.set(key, entry);
      }
    }
  }
  const order = (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.name, b.name);
  return merge([...byKey.values()]).sort(order);
}

/** A name that is a function and a type (`u8`) is one row: the function counts. */
function merge(entries) {
  const values = entries.filter((entry) => !entry.isType);
  const named = new Set(values.map((entry) => entry.name));
  return [...values, ...entries.filter((entry) => entry.isType && !named.has(entry.name))];
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @returns {{ name: string, file: string, isType: boolean, noEffect: string | null }[]} */
function exportsOf(path, files) {
  const known = files.get(path);
  if (known !== undefined) return known;
  const found = [];
  files.set(path, found);
  const program = parse(readFileSync(path, "utf8"), {
    sourceType: "module",
    plugins: ["typescript"],
  }).program;
  for (const node of program.body) {
    if (node.type === "ExportAllDeclaration")
      found.push(...exportsOf(join(dirname(path), node.source.value), files));
    else if (node.type === "ExportNamedDeclaration") found.push(...namedExports(node, program, path, files));
  }
  return found;
}

function namedExports(node, program, path, files) {
  if (node.declaration) return declared(node, node.declaration, path);
  return node.specifiers.flatMap((specifier) => {
    const name = specifier.exported.name;
    const from = node.source
      ? join(dirname(path), node.source.value)
      : importedFrom(program, specifier.local.name, path);
    const typeOnly = node.exportKind === "type" || specifier.exportKind === "type";
    const origin = from === null ? local(program, specifier.local.name, path) : exportsOf(from, files);
    const matches = origin.filter((entry) => entry.name === specifier.local.name);
    if (matches.length === 0) throw new Error(`${path}: ${specifier.local.name} is not exported by ${from}`);
    return matches.map((entry) => ({ ...entry, name, isType: entry.isType || typeOnly }));
  });
}

function importedFrom(program, name, path) {
  for (const node of program.body) {
    if (node.type !== "ImportDeclaration") continue;
    if (node.specifiers.some((specifier) => specifier.local.name === name))
      return join(dirname(path), node.source.value);
  }
  return null;
}

function local(program, name, path) {
  return program.body.flatMap((node) => declared(node, node, path)).filter((entry) => entry.name === name);
}

function declared(node, declaration, path) {
  const isType = TYPE_DECLARATIONS.has(declaration.type);
  const noEffect = noEffectReason(node);
  const names = [];
  if (declaration.type === "VariableDeclaration")
    for (const d of declaration.declarations) names.push(d.id.name);
  else if (declaration.id) names.push(declaration.id.name);
  return names
    .filter((name) => !name.startsWith("get$"))
    .map((name) => ({ name, file: path, isType, noEffect }));
}

function noEffectReason(node) {
  const text = node.leadingComments?.at(-1)?.value ?? "";
  const match = /@noEffect\s+([\s\S]*?)(?:\s@|$)/.exec(text);
  return match === null ? null : match[1].replace(/\s*\n\s*\*\s*/g, " ").trim();
}
