/** The correct examples, compiled once: each is played again and again. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { settle } from "../../cli/settings.ts";
import { readKernel } from "../../host/kernelFiles.ts";
import type { LabConfig } from "../../sim/lab/config.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { type Program, prepare } from "../../sim/lab/program.ts";

export interface Example {
  readonly path: string;
  /** What its header says. */
  readonly config: LabConfig;
  readonly workload: string;
}

/** Models below the folder that expect nothing, or something, as `silent` says. */
export function examplesIn(folder: string, silent: boolean): Example[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => exampleAt(path, silent) ?? []);
}

function exampleAt(path: string, silent: boolean): Example | null {
  const text = readFileSync(path, "utf8");
  if (!/^\s*module_init\(/m.test(text)) return null;
  const { settings, expect } = modelHeader(text);
  if (expect === null || (expect.rules.length === 0) !== silent) return null;
  const { config, workload } = settle(path, settings, new Map(), folderOf(path));
  return { path, config, workload };
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const { image } = readKernel(import.meta.url)!;
const read = (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null);

/** Compiles the model with a workload: a built-in one, a file, or a text. */
export function compiled(model: string, workload: string): Program {
  const text = workload.includes("\n") ? workload : null;
  const file = text === null ? workload : "/soak/workload.ts";
  const files = { read: (path: string) => (path === file && text !== null ? text : read(path)) };
  const { program, diagnostics } = prepare({ model, workload: file, files, image });
  if (program === null)
    throw new Error(diagnostics.map((d) => `${d.file}:${d.line}: ${d.message}`).join("\n"));
  return program;
}
