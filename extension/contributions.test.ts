import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands, contributes } from "./contributions.ts";

const manifestUrl = new URL("../package.json", import.meta.url);

interface Manifest {
  contributes?: unknown;
  activationEvents?: string[];
}

function readManifest(): Manifest {
  return JSON.parse(readFileSync(manifestUrl, "utf8")) as Manifest;
}

test("package.json contributes what contributions.ts says", () => {
  if (process.env.UPDATE_MANIFEST) {
    writeFileSync(manifestUrl, `${JSON.stringify({ ...readManifest(), contributes }, null, 2)}\n`);
  }
  expect(readManifest().contributes).toEqual(contributes);
});

test("each command is contributed", () => {
  expect(contributes.commands.map((c) => c.command).sort()).toEqual(Object.values(commands).sort());
});

test("nothing activates the extension at start-up", () => {
  const events = readManifest().activationEvents ?? [];
  expect(events).toContain("onDebugResolve:netdev-lab");
  expect(events).toContain("onDebugDynamicConfigurations:netdev-lab");
  for (const event of events) expect(event).not.toMatch(/^(\*|onStartupFinished|onLanguage:)/);
});

test("snippets keep VS Code's variables", () => {
  const bodies = contributes.debuggers[0]?.configurationSnippets.map((s) => s.body) ?? [];
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) expect(body.program).toBe(`^"\\\${file}"`);
});
