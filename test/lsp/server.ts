/** A language server in a process of its own, spoken to over its standard input and output. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const root = join(import.meta.dirname, "../..");

/** Builds the server beside the tests' other products; each caller gets a file of its own. */
export async function buildServer(): Promise<string> {
  const outfile = join(root, `dist/build/language-server.${process.pid}.cjs`);
  await build({
    entryPoints: [join(root, "extension/language-server/main.ts")],
    outfile,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
  });
  return outfile;
}

export class Server {
  readonly connection: MessageConnection;
  readonly #child: ChildProcess;
  readonly #published: PublishDiagnosticsParams[] = [];
  #wake: () => void = () => {};

  constructor(file: string) {
    this.#child = spawn(process.execPath, [file, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.connection = createMessageConnection(
      new StreamMessageReader(this.#child.stdout!),
      new StreamMessageWriter(this.#child.stdin!),
    );
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.#published.push(params);
      this.#wake();
    });
    this.connection.listen();
  }

  async initialize(): Promise<void> {
    const initializationOptions = { rulePages: "file:///rules" };
    await this.connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions,
    });
    await this.connection.sendNotification("initialized", {});
  }

  uri(path: string): string {
    return pathToFileURL(path).href;
  }

  open(path: string, text: string): Promise<void> {
    const textDocument = { uri: this.uri(path), languageId: "typescript", version: 1, text };
    return this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  change(path: string, version: number, text: string, range?: object): Promise<void> {
    const contentChanges = [range === undefined ? { text } : { range, text }];
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri(path), version },
      contentChanges,
    });
  }

  /** The diagnostics that are told for this version of a file. */
  async diagnostics(path: string, version: number): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    for (;;) {
      const found = this.#published.findLast((p) => p.uri === uri && p.version === version);
      if (found) return found.diagnostics;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  request<T>(method: string, params: object): Promise<T> {
    return this.connection.sendRequest<T>(method, params);
  }

  /** Memory of the process in bytes, where the system tells it. */
  get pid(): number {
    return this.#child.pid!;
  }

  close(): void {
    this.connection.dispose();
    this.#child.kill();
  }
}
