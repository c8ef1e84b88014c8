import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { ConfigurationProvider } from "./configurationProvider.ts";

const TEMPLATE = readFileSync(new URL("../examples/templates/minimal/mynet.ts", import.meta.url), "utf8");

const editor = vi.hoisted(() => ({
  errors: [] as string[],
  active: undefined as { scheme: string; fileName: string; text: string } | undefined,
}));

vi.mock("vscode", () => ({
  Uri: { file: (path: string) => ({ scheme: "file", path, fsPath: path }) },
  workspace: { fs: { readFile: async ({ fsPath }: { fsPath: string }) => readFileSync(fsPath) } },
  window: {
    get activeTextEditor() {
      const file = editor.active;
      if (!file) return undefined;
      return {
        document: {
          uri: { scheme: file.scheme, path: file.fileName, fsPath: file.fileName },
          getText: () => file.text,
        },
      };
    },
    showErrorMessage: (message: string) => {
      editor.errors.push(message);
      return Promise.resolve(undefined);
    },
  },
}));

const home = mkdtempSync(join(tmpdir(), "netdev-lab-provider-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const launched: string[] = [];
const provider = new ConfigurationProvider(
  async (program) => void launched.push(program),
  ({ scheme }) => scheme === "file",
);
const nothing = { type: "", request: "", name: "" };
const named = { type: "netdev-lab", request: "launch", name: "x" };

beforeEach(() => {
  editor.errors.length = 0;
  launched.length = 0;
  editor.active = { scheme: "file", fileName: "/m/mynet.ts", text: TEMPLATE };
});

test("F5 without a launch.json debugs the model in the editor", () => {
  expect(provider.resolveDebugConfiguration(undefined, nothing)).toEqual({
    type: "netdev-lab",
    request: "launch",
    name: "Debug Driver Model",
    program: "/m/mynet.ts",
  });
});

test("a launch.json keeps what it says", () => {
  const config = { ...named, program: "/m/other.ts", cpus: 4 };
  expect(provider.resolveDebugConfiguration(undefined, config)).toEqual(config);
});

test("a launch.json without a program takes the editor's", () => {
  expect(provider.resolveDebugConfiguration(undefined, { ...named, seed: 7 })).toMatchObject({
    seed: 7,
    program: "/m/mynet.ts",
  });
});

test.each([
  ["no editor", undefined, /Open a driver model first/],
  ["an unsaved file", { scheme: "untitled", fileName: "Untitled-1", text: "" }, /Open a driver model first/],
  ["another file", { scheme: "file", fileName: "/m/a.ts", text: "let a;" }, /^a\.ts is no driver model/],
])("refuses %s with one message", (_name, active, message) => {
  editor.active = active;
  expect(provider.resolveDebugConfiguration(undefined, nothing)).toBeUndefined();
  expect(editor.errors).toEqual([expect.stringMatching(message)]);
});

test("looks at the file that a launch.json names, and prepares its folder", async () => {
  const model = join(home, "mynet.ts");
  const notes = join(home, "notes.ts");
  writeFileSync(model, TEMPLATE);
  writeFileSync(notes, "export {};");
  const resolve = (program: string) =>
    provider.resolveDebugConfigurationWithSubstitutedVariables(undefined, { ...named, program });
  expect(await resolve(model)).toMatchObject({ program: model });
  expect(await resolve(notes)).toBeUndefined();
  expect(editor.errors).toEqual([expect.stringMatching(/^notes\.ts is no driver model/)]);
  expect(launched).toEqual([model]);
});

test("leaves a file that is missing to the adapter, which says so", async () => {
  const program = join(home, "missing.ts");
  const config = { ...named, program };
  expect(await provider.resolveDebugConfigurationWithSubstitutedVariables(undefined, config)).toEqual(config);
  expect(editor.errors).toEqual([]);
});
