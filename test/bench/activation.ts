/** Time from loading the extension's bundle to the end of `activate`, in fresh processes with a stand-in for `vscode`. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { median } from "./table.ts";

const SCRIPT = `
const Module = require("node:module");
const stand = () => new Proxy(function () {}, {
  get: (_t, key) => (key === Symbol.toPrimitive ? () => "" : key === Symbol.iterator ? [][Symbol.iterator] : key === "then" ? undefined : key === "fsPath" ? process.argv[2] : stand()),
  set: () => true, apply: () => stand(), construct: () => stand(),
});
const types = require("node:fs").readFileSync(process.argv[2] + "/node_modules/@types/vscode/index.d.ts", "utf8");
const names = [...types.matchAll(/^\\texport (?:abstract )?(?:class|enum|namespace|const|let|function) (\\w+)/gm)].map((m) => m[1]);
const vscode = Object.fromEntries(names.map((name) => [name, stand()]));
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? vscode : load(name, ...rest));
const start = performance.now();
const extension = require(process.argv[1]);
const known = { subscriptions: [], extensionPath: process.argv[2], asAbsolutePath: (p) => p, extension: { packageJSON: {} } };
const context = new Proxy(known, { get: (_t, key) => known[key] ?? (known[key] = stand()) });
Promise.resolve(extension.activate(context)).then(() => { console.log(performance.now() - start); process.exit(0); });
`;

export function activation(root: string, rounds = 7): number {
  const bundle = join(root, "dist/extension.cjs");
  const runs = Array.from({ length: rounds }, () =>
    Number(execFileSync(process.execPath, ["-e", SCRIPT, bundle, root], { encoding: "utf8" }).trim()),
  );
  return median(runs);
}
