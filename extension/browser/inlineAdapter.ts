/** The debug adapter where there is no process to start: its session runs in a Web Worker, and gets its files from here. */
import * as vscode from "vscode";
import { t } from "../l10n.ts";
import { neededFiles } from "../lessons/lesson.ts";
import { uriOf } from "../uris.ts";

/** Files of the build that the session needs, as text. */
const KERNEL = {
  index: "kernel-image.json",
  code: "kernel-code.js",
  details: "kernel-details.json",
} as const;

interface Request {
  readonly type?: string;
  readonly command?: string;
  readonly arguments?: {
    readonly program?: string;
    readonly workload?: string;
    readonly schedule?: string;
    readonly source?: { readonly path?: string };
  };
}

export class InlineAdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #dist: vscode.Uri;

  constructor(extensionUri: vscode.Uri) {
    this.#dist = vscode.Uri.joinPath(extensionUri, "dist");
  }

  createDebugAdapterDescriptor(): vscode.DebugAdapterDescriptor {
    return new vscode.DebugAdapterInlineImplementation(new InlineAdapter(this.#dist));
  }
}

class InlineAdapter implements vscode.DebugAdapter {
  readonly #messages = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.#messages.event;
  readonly #worker: Worker;
  readonly #sent = new Set<string>();
  /** Messages go out in the order in which they came, each after the files that it is about. */
  #turn: Promise<void>;

  constructor(dist: vscode.Uri) {
    this.#worker = new Worker(vscode.Uri.joinPath(dist, "debug-session.worker.js").toString(true));
    this.#worker.onmessage = ({ data }: MessageEvent<vscode.DebugProtocolMessage>) =>
      this.#messages.fire(data);
    this.#worker.onerror = ({ message }) => this.#ended(message);
    this.#turn = this.#start(dist);
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    this.#turn = this.#turn
      .then(() => this.#bringFiles(message as Request))
      .then(() => this.#worker.postMessage({ kind: "message", message }))
      .catch((error: unknown) => this.#ended(String(error)));
  }

  dispose(): void {
    this.#worker.terminate();
    this.#messages.dispose();
  }

  async #start(dist: vscode.Uri): Promise<void> {
    const read = async (file: string): Promise<string> => {
      const text = await readText(vscode.Uri.joinPath(dist, file));
      if (text === null) throw new Error(t("{0} is missing from the extension", file));
      return text;
    };
    this.#worker.postMessage({ kind: "code", text: await read("debug-session.js") });
    const [index, code, details] = await Promise.all(Object.values(KERNEL).map(read));
    this.#worker.postMessage({ kind: "kernel", texts: { index, code, details } });
  }

  /** A run reads files while nobody can wait: what a program imports goes ahead of the request that names it. */
  async #bringFiles({ type, command, arguments: args }: Request): Promise<void> {
    if (type !== "request" || args === undefined) return;
    if (command === "launch" || command === "attach" || command === "restart") this.#sent.clear();
    const named = [args.program, args.schedule, args.source?.path].filter((path) => path !== undefined);
    for (const path of named) await this.#bring(path);
    const { program, workload } = args;
    if (program !== undefined && workload?.endsWith(".ts")) await this.#bringNeeded(program, [workload]);
  }

  async #bring(path: string): Promise<void> {
    if (this.#sent.has(path) || path.startsWith("linux:")) return;
    this.#sent.add(path);
    const text = await readText(uriOf(path));
    this.#worker.postMessage({ kind: "file", path, text });
    if (text !== null) await this.#bringNeeded(path, neededFiles(text));
  }

  async #bringNeeded(from: string, paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const absolute = uriOf(path).scheme !== "file" || path.startsWith("/");
      const uri = absolute ? uriOf(path) : vscode.Uri.joinPath(uriOf(from), "..", path);
      await this.#bring(from.includes("://") ? uri.toString(true) : uri.fsPath);
    }
  }

  #ended(reason: string): void {
    const event = (name: string, body: object): void =>
      this.#messages.fire({ seq: 0, type: "event", event: name, body } as vscode.DebugProtocolMessage);
    event("output", { category: "important", output: `${reason}\n` });
    event("terminated", {});
  }
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
