/** The debug session's browser bundle in a Web Worker of a real Chromium, driven with the protocol's messages: F5 without Node. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DapClient } from "../../scripts/dap-client.mjs";
import { requireBrowser } from "./install.mjs";

const ROOT = join(import.meta.dirname, "../..");
const dist = (name: string): string => readFileSync(join(ROOT, "dist", name), "utf8");
const CODE = dist("debug-session.js");
const SNULL = readFileSync(join(ROOT, "examples/snull/snull.ts"), "utf8");
const URI = "vscode-vfs://github/somebody/drivers/snull.ts";

interface Message {
  readonly type: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly message?: string;
  readonly body: Record<string, unknown>;
}

let browser: Browser;
let server: Server;
let page: Page;

/** Runs in the page: the worker, and a client of the protocol that keeps what came. */
const CLIENT = `
  const worker = new Worker("/session.js");
  const came = [];
  const waiting = [];
  let seq = 0;
  worker.onerror = (e) => came.push({ type: "error", message: e.message });
  worker.onmessage = ({ data }) => { came.push(data); for (const wake of waiting.splice(0)) wake(); };
  const find = async (is) => {
    for (;;) {
      const at = came.findIndex((m) => m.type === "error" || is(m));
      if (at >= 0) return came.splice(at, 1)[0];
      await new Promise((wake) => waiting.push(wake));
    }
  };
  window.bring = (message) => worker.postMessage(message);
  window.ask = (command, args) => {
    const n = ++seq;
    worker.postMessage({ kind: "message", message: { type: "request", seq: n, command, arguments: args } });
    return find((m) => m.type === "response" && m.request_seq === n);
  };
  window.heard = (...names) => find((m) => m.type === "event" && names.includes(m.event));
  window.start = async () => {
    worker.postMessage({ kind: "code", text: await (await fetch("/debug-session.js")).text() });
    const [index, code, details] = await Promise.all(
      ["kernel-image.json", "kernel-code.js", "kernel-details.json"].map(async (f) => (await fetch("/" + f)).text()),
    );
    worker.postMessage({ kind: "kernel", texts: { index, code, details } });
  };
`;

beforeAll(async () => {
  const files: Readonly<Record<string, string>> = {
    "/session.js": dist("debug-session.worker.js"),
    "/debug-session.js": CODE,
    "/kernel-image.json": dist("kernel-image.json"),
    "/kernel-code.js": dist("kernel-code.js"),
    "/kernel-details.json": dist("kernel-details.json"),
  };
  server = createServer((request, response) => {
    const script = files[request.url ?? ""];
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    response.end(script ?? `<!doctype html><meta charset="utf-8"><script>${CLIENT}</script>`);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch({
    executablePath: requireBrowser(),
    args: ["--no-sandbox", "--disable-gpu"],
  });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate("start()");
  for (const file of ["snull.ts", "snull-regs.ts", "tour.ts"])
    await bring(URI.replace("snull.ts", file), readFileSync(join(ROOT, "examples/snull", file), "utf8"));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

const bring = (path: string, text: string): Promise<unknown> =>
  page.evaluate(`bring(${JSON.stringify({ kind: "file", path, text })})`);

async function ask(command: string, args: object = {}): Promise<Record<string, unknown>> {
  const answer = (await page.evaluate(`ask(${JSON.stringify(command)}, ${JSON.stringify(args)})`)) as Message;
  expect(answer, `${command}: ${answer.message}`).toMatchObject({ type: "response", success: true });
  return answer.body;
}

const heard = (...names: string[]): Promise<Message> =>
  page.evaluate(`heard(...${JSON.stringify(names)})`) as Promise<Message>;

it("stops at a breakpoint in a file that lies on no disk", async () => {
  const capabilities = await ask("initialize", { adapterID: "netdev-lab", pathFormat: "path" });
  expect(capabilities.supportsStepBack).toBe(true);
  const launched = ask("launch", { program: URI, nic: "none" });
  await heard("initialized");
  const line = SNULL.split("\n").findIndex((text) => text.includes("#bp snull_tx")) + 1;
  const set = await ask("setBreakpoints", { source: { path: URI }, breakpoints: [{ line }] });
  expect(set.breakpoints).toMatchObject([{ verified: true, line }]);
  await ask("setExceptionBreakpoints", { filters: ["error"] });
  await ask("configurationDone");
  await launched;
  const stopped = await heard("stopped", "terminated");
  expect(stopped).toMatchObject({ event: "stopped", body: { reason: "breakpoint" } });
  const { threadId } = stopped.body;
  const { stackFrames } = await ask("stackTrace", { threadId, levels: 3 });
  expect(stackFrames).toMatchObject([
    { name: expect.stringContaining("snull_tx"), source: { path: URI } },
    {},
    {},
  ]);
});

it("steps, looks at values, and goes back in time", async () => {
  const before = (await ask("netdev-lab/state")) as { statements: number };
  await ask("next", { threadId: 1 });
  await heard("stopped");
  const after = (await ask("netdev-lab/state")) as { statements: number };
  expect(after.statements).toBeGreaterThan(before.statements);
  const { stackFrames } = (await ask("stackTrace", { threadId: 1, levels: 1 })) as {
    stackFrames: { id: number }[];
  };
  const { result } = await ask("evaluate", {
    expression: "dev.name",
    frameId: stackFrames[0]!.id,
    context: "watch",
  });
  expect(result).toMatch(/"sn[01]"/);
  await ask("stepBack", { threadId: 1 });
  await heard("stopped");
  expect(await ask("netdev-lab/state")).toMatchObject({ statements: before.statements });
});

it("finds what the desktop finds, at the same tick", async () => {
  await ask("setBreakpoints", { source: { path: URI }, breakpoints: [] });
  let told: Message;
  do {
    await ask("continue", { threadId: 1 }); // the first goes to the end of the recording
    told = await heard("stopped", "terminated");
  } while (told.event === "stopped" && told.body.reason !== "exception");
  const { body: here } = await heard("netdev-lab/violation");
  const there = await onTheDesktop();
  const of = ({ rule, line, cpu, tick }: Record<string, unknown>) => ({ rule, line, cpu, tick });
  expect(of(here)).toEqual(of(there));
});

/** The first violation of the same launch, in Node. */
async function onTheDesktop(): Promise<Record<string, unknown>> {
  const dap = new DapClient(process.execPath, [join(ROOT, "dist/debug-adapter.mjs")]);
  try {
    await dap.request("initialize", { adapterID: "netdev-lab", pathFormat: "path" });
    const launched = dap.request("launch", { program: join(ROOT, "examples/snull/snull.ts"), nic: "none" });
    await dap.event("initialized");
    await dap.request("setExceptionBreakpoints", { filters: ["error"] });
    await dap.request("configurationDone");
    await launched;
    return ((await dap.event("netdev-lab/violation")) as { body: Record<string, unknown> }).body;
  } finally {
    dap.close();
  }
}

it("is small enough to be fetched", () => {
  expect(gzipSync(CODE).length).toBeLessThan(500_000);
});
