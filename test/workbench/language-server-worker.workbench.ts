/** The language server's browser bundle in a Web Worker of a real Chromium, driven with the protocol's messages. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { requireBrowser } from "./install.mjs";

const ROOT = join(import.meta.dirname, "../..");
const BUNDLE = readFileSync(join(ROOT, "dist/language-server.worker.js"), "utf8");
const URI = "vscode-vfs://github/somebody/drivers/leak.ts";
const MODEL = `import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { module_init } from "linux/module";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";

const lock = new spinlock_t();

function my_init(): number {
  spin_lock_init(lock);
  spin_lock(lock);
  const p = kmalloc(16, GFP_KERNEL);
  kfree(p);
  spin_unlock(lock);
  return 0;
}

module_init(my_init);
`;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly diagnostics: { readonly code: string; readonly range: object }[] };
  readonly result?: unknown;
}

const textDocument = { uri: URI };
const REQUESTS = [
  { id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
  { method: "initialized", params: {} },
  {
    method: "textDocument/didOpen",
    params: { textDocument: { uri: URI, languageId: "typescript", version: 1, text: MODEL } },
  },
  { id: 2, method: "textDocument/hover", params: { textDocument, position: { line: 9, character: 14 } } },
  {
    id: 3,
    method: "textDocument/codeAction",
    params: {
      textDocument,
      range: { start: { line: 9, character: 14 }, end: { line: 9, character: 14 } },
      context: { diagnostics: [] },
    },
  },
  {
    id: 4,
    method: "textDocument/inlayHint",
    params: { textDocument, range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } } },
  },
];

/** Starts the worker, sends all requests, and posts what came when the last answer and the diagnostics are there. */
const PAGE = `<!doctype html><meta charset="utf-8"><script>
  const worker = new Worker("/server.js");
  const came = [];
  const post = () => fetch("/came", { method: "POST", body: JSON.stringify(came) });
  worker.onerror = (e) => { came.push({ method: "error", params: e.message }); post(); };
  worker.onmessage = ({ data }) => {
    came.push(data);
    if (came.some((m) => m.id === 4) && came.some((m) => m.method === "textDocument/publishDiagnostics")) post();
  };
  for (const request of ${JSON.stringify(REQUESTS)}) worker.postMessage({ jsonrpc: "2.0", ...request });
</script>`;

/** Serves the page and the worker's script to a browser, until the page has posted. */
async function conversation(): Promise<readonly Message[]> {
  let resolve!: (body: string) => void;
  const posted = new Promise<string>((settle) => {
    resolve = settle;
  });
  const server = createServer((request, response) => {
    if (request.method === "POST") {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        response.end();
        resolve(body);
      });
      return;
    }
    const script = request.url === "/server.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? BUNDLE : PAGE);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), "netdev-lab-worker-"));
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
  ];
  const browser = spawn(
    requireBrowser(),
    [...flags, `--user-data-dir=${folder}`, "--remote-debugging-port=0", `http://127.0.0.1:${port}/`],
    { detached: true, stdio: "ignore" },
  );
  try {
    return JSON.parse(await posted) as Message[];
  } finally {
    const ended = once(browser, "exit");
    process.kill(-browser.pid!);
    await ended;
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

let came: readonly Message[];

beforeAll(async () => {
  came = await conversation();
}, 60_000);

const result = (id: number): string => JSON.stringify(came.find((m) => m.id === id)?.result);

it("tells the mistake, at its place", () => {
  const { params } = came.find((m) => m.method === "textDocument/publishDiagnostics")!;
  expect(params!.diagnostics).toMatchObject([{ code: "ctx-gfp", range: { start: { line: 9 } } }]);
});

it("explains, mends and annotates", () => {
  expect(result(2)).toContain("GFP_ATOMIC in atomic context");
  expect(result(3)).toContain("Allocate with GFP_ATOMIC");
  expect(result(4)).toContain("process");
});

it("is small enough to be fetched", () => {
  expect(gzipSync(BUNDLE).length).toBeLessThan(500_000);
});
