/** From keystroke to diagnostics: the language server over its wire, on a model of 2,000 lines. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bigModel } from "./big-model.ts";

const KEYS = 120;
const WARM_UP = 40;
const URI = "file:///big.ts";

export interface Typing {
  readonly p95Ms: number;
  readonly memoryMb: number | null;
}

/** Null where the server is not built. */
export async function typing(root: string): Promise<Typing | null> {
  const server = join(root, "dist/language-server.cjs");
  if (!existsSync(server)) return null;
  const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const client = new Client(child);
  client.send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
  client.send({ method: "initialized", params: {} });
  const { text } = bigModel(true);
  client.send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri: URI, languageId: "typescript", version: 0, text } },
  });
  await client.diagnostics(0);
  const times: number[] = [];
  const line = text.split("\n").findIndex((l) => l.includes("raise_irq(dev.irq)"));
  for (let version = 1; version <= KEYS; version++) {
    const start = performance.now();
    const at = { line, character: 0 };
    const contentChanges = [{ range: { start: at, end: at }, text: " " }];
    client.send({
      method: "textDocument/didChange",
      params: { textDocument: { uri: URI, version }, contentChanges },
    });
    await client.diagnostics(version);
    times.push(performance.now() - start);
  }
  const memoryMb = memory(child.pid!);
  child.kill();
  const counted = times.slice(WARM_UP).sort((a, b) => a - b);
  return { p95Ms: counted[Math.floor(counted.length * 0.95)]!, memoryMb };
}

function memory(pid: number): number | null {
  const file = `/proc/${pid}/status`;
  const kilobytes = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1] : undefined;
  return kilobytes === undefined ? null : Number(kilobytes) / 1024;
}

interface Published {
  readonly method?: string;
  readonly params?: { readonly version?: number };
}

class Client {
  readonly #child: ChildProcess;
  #buffer = Buffer.alloc(0);
  #waiting: { version: number; done: () => void } | null = null;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout!.on("data", (data: Buffer) => {
      this.#buffer = Buffer.concat([this.#buffer, data]);
      this.#read();
    });
  }

  send(message: object): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  diagnostics(version: number): Promise<void> {
    return new Promise((done) => {
      this.#waiting = { version, done };
    });
  }

  #read(): void {
    for (;;) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      const length =
        end < 0 ? undefined : /Content-Length: (\d+)/.exec(this.#buffer.toString("latin1", 0, end))?.[1];
      if (length === undefined || this.#buffer.length < end + 4 + Number(length)) return;
      const message = JSON.parse(
        this.#buffer.toString("utf8", end + 4, end + 4 + Number(length)),
      ) as Published;
      this.#buffer = this.#buffer.subarray(end + 4 + Number(length));
      if (message.method !== "textDocument/publishDiagnostics") continue;
      if (message.params?.version === this.#waiting?.version) this.#waiting?.done();
    }
  }
}
