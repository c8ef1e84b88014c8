/** An arrow between the layers may only point down (ARCHITECTURE.md). */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What each layer may import, besides itself. */
const ALLOWED: Record<string, readonly string[]> = {
  "debug-adapter/messages": [],
  extension: ["debug-adapter/messages", "sim/analysis", "sim/rules", "sim/instrument"],
  cli: ["host", "sim/analysis", "sim/explore", "sim/lab", "sim/rules", "sim/machine", "sim/instrument"],
  "debug-adapter": [
    "debug-adapter/messages",
    "host",
    "sim/lab",
    "sim/explore",
    "sim/hardware",
    "sim/rules",
    "sim/machine",
    "sim/instrument",
    "sim/kernel",
  ],
  host: ["sim/lab", "sim/instrument"],
  "sim/analysis": ["sim/lab", "sim/rules", "sim/instrument"],
  "sim/explore": ["sim/lab", "sim/machine", "sim/instrument"],
  "sim/lab": ["sim/hardware", "sim/rules", "sim/machine", "sim/instrument"],
  "sim/rules": ["sim/machine", "sim/instrument"],
  "sim/workload": ["sim/kernel"],
  "sim/kernel": ["sim/machine", "sim/workload"],
  "sim/hardware": ["sim/machine"],
  "sim/machine": ["sim/instrument"],
  "sim/instrument": [],
};

/** Packages of the outside world that a layer may name. */
const PACKAGES: Record<string, RegExp> = {
  "debug-adapter/messages": /^$/,
  extension: /^(vscode|node:.*|vscode-language(client|server)(-[a-z]+)?(\/(node|browser))?)$/,
  cli: /^node:.*$/,
  "debug-adapter": /^(node:.*|@vscode\/debugprotocol|@babel\/.*)$/,
  host: /^node:.*$/,
  "sim/analysis": /^@babel\/types$/,
  "sim/explore": /^$/,
  "sim/lab": /^$/,
  "sim/rules": /^$/,
  "sim/workload": /^(machine|lab|hardware|(linux|asm|lab)\/.*)$/,
  "sim/kernel": /^(machine|lab|hardware|(linux|asm|lab)\/.*)$/,
  "sim/hardware": /^$/,
  "sim/machine": /^$/,
  "sim/instrument": /^@babel\/(parser|types)$/,
};

const layers = Object.keys(ALLOWED);

function layerOf(path: string): string | undefined {
  return layers.find((layer) => path === layer || path.startsWith(`${layer}/`));
}

function sources(layer: string): string[] {
  return readdirSync(join(root, layer), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && /\.ts$/.test(e.name) && !/\.test\.ts$/.test(e.name))
    .map((e) => relative(root, join(e.parentPath ?? e.path, e.name)))
    .filter((file) => !/\/(testing|templates|node_modules)\//.test(file));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(
    /^\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|import\("([^"]+)"\)/gm,
  );
  return [...found].map((m) => m[1] ?? m[2] ?? m[3]!).filter((specifier) => !specifier.includes("…"));
}

describe.each(layers)("%s", (layer) => {
  it("imports only what stands below it", () => {
    const wrong: string[] = [];
    for (const file of sources(layer)) {
      for (const specifier of importsOf(file)) {
        const isRelative = specifier.startsWith(".");
        const target = isRelative
          ? layerOf(relative(root, resolve(root, dirname(file), specifier)))
          : undefined;
        const fine = isRelative
          ? target === layer || (target !== undefined && ALLOWED[layer]!.includes(target))
          : PACKAGES[layer]!.test(specifier);
        if (!fine) wrong.push(`${file} imports ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

it("every file of sim keeps away from clocks, chance and the host", () => {
  const banned =
    /\b(Date\.now|new Date|Math\.random|performance\.now|setTimeout|setInterval|process\.(env|argv|cwd|exit|hrtime|nextTick)|require\()/;
  const wrong = layers
    .filter((layer) => layer.startsWith("sim/"))
    .flatMap(sources)
    .filter((file) => !/instrument\/(globals|runtime\/globals)\.ts$/.test(file))
    .flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, i) =>
          banned.test(line.replace(/\/\/.*|^\s*\*.*|\/\*.*?\*\/|"[^"]*"|'[^']*'|`[^`]*`/g, ""))
            ? [`${file}:${i + 1}: ${line.trim()}`]
            : [],
        ),
    );
  expect(wrong).toEqual([]);
});

it("a debug session runs where there is no Node", () => {
  const wanted = ["debug-adapter/browserWorker.ts"];
  const seen = new Set(wanted);
  const wrong: string[] = [];
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith("node:")) wrong.push(`${file} imports ${specifier}`);
      const path = relative(root, resolve(root, dirname(file), specifier));
      if (!specifier.startsWith(".") || !path.endsWith(".ts") || seen.has(path)) continue;
      seen.add(path);
      wanted.push(path);
    }
    if (!file.startsWith("debug-adapter/")) continue; // sim has a test of its own
    const text = readFileSync(join(root, file), "utf8");
    for (const [name] of text.matchAll(
      /(?<![.\w"'`])(?:process\.\w+|Buffer\.\w+|setImmediate\b|__dirname\b)/g,
    ))
      wrong.push(`${file} uses ${name}`);
  }
  expect(seen.size).toBeGreaterThan(150);
  expect(wrong).toEqual([]);
});
