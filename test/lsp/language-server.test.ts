/** The language server over its wire: what an editor gets while one types. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentSymbol,
  Hover,
  InlayHint,
} from "vscode-languageserver-protocol";
import { buildServer, Server } from "./server.ts";

const RULES = join(import.meta.dirname, "../rules");
const model = join(RULES, "ctx-gfp/bad.ts");
const text = readFileSync(model, "utf8");
let server: Server;

beforeAll(async () => {
  server = new Server(await buildServer());
  await server.initialize();
  await server.open(model, text);
});
afterAll(() => server.close());

function position(word: string, source = text): { line: number; character: number } {
  const before = source.slice(0, source.indexOf(word)).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}

const at = (word: string): object => ({ textDocument: { uri: server.uri(model) }, position: position(word) });

it("tells what breaks a rule, which rule, and the way there", async () => {
  const [found, ...more] = await server.diagnostics(model, 1);
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    code: "mc-sleep",
    severity: 1,
    source: "Netdev Lab",
    codeDescription: { href: "file:///rules/mc-sleep.md" },
    range: { start: position("kmalloc(8") },
  });
  expect(found!.relatedInformation![0]!.message).toContain("as set_multicast_list");
});

it("mends it with a quick fix, and takes the diagnostic back", async () => {
  const start = position("kmalloc(8");
  const actions = await server.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri: server.uri(model) },
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  expect(actions.map((a) => a.title)).toEqual([
    "Allocate with GFP_ATOMIC",
    "Ignore mc-sleep here, with a reason",
  ]);
  const [edit] = actions[0]!.edit!.changes![server.uri(model)]!;
  await server.change(model, 2, edit!.newText, edit!.range);
  expect(await server.diagnostics(model, 2)).toEqual([]);
  await server.change(model, 3, text);
  expect(await server.diagnostics(model, 3)).toHaveLength(1);
});

it("says in a hover what a function demands, and what a callback is promised", async () => {
  const api = await server.request<Hover>("textDocument/hover", at("kmalloc(8"));
  expect(JSON.stringify(api.contents)).toContain("GFP_ATOMIC in atomic context");
  const callback = await server.request<Hover>("textDocument/hover", at("set_multicast_list: my"));
  expect(JSON.stringify(callback.contents)).toContain("dev->xmit_lock spinlock. Context: BHs disabled");
});

it("shows context and locks of each function, and offers to debug its callbacks", async () => {
  const textDocument = { uri: server.uri(model) };
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const hints = await server.request<InlayHint[]>("textDocument/inlayHint", { textDocument, range });
  expect(hints.map((h) => h.label)).toEqual(["⟨softirq · dev.xmit_lock⟩"]);
  const lenses = await server.request<CodeLens[]>("textDocument/codeLens", { textDocument });
  expect(lenses[0]!.command).toMatchObject({ command: "netdev-lab.debugDriverModel" });
  const symbols = await server.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
  expect(symbols.map((s) => [s.name, s.children!.map((c) => c.name)])).toEqual([
    ["callbacks of the device", ["my_set_multicast_list"]],
  ]);
});

it("completes stubs of callbacks at the beginning of a line", async () => {
  const textDocument = { uri: server.uri(model) };
  const items = await server.request<CompletionItem[]>("textDocument/completion", {
    textDocument,
    position: { line: 7, character: 0 },
  });
  expect(items.find((i) => i.label === "netdev poll")!.insertText).toContain("netif_rx_complete(dev)");
});

it("survives text that does not parse, and files that are no driver model", async () => {
  await server.change(model, 4, 'import { kmalloc } from "linux/slab";\nmodule_init(function f( {');
  expect(await server.diagnostics(model, 4)).toEqual([]);
  await server.change(model, 5, "export const x = 1;");
  const symbols = await server.request<DocumentSymbol[]>("textDocument/documentSymbol", {
    textDocument: { uri: server.uri(model) },
  });
  expect(symbols).toEqual([]);
});
