import * as vscode from "vscode";
import type { ModuleDetails, ModuleHead } from "../sim/instrument/serialise.ts";

/** Scheme of the simulated kernel's files: `linux:/kernel/net/core/dev.ts`. */
export const KERNEL_SCHEME = "linux";

type Files = ReadonlyMap<string, Uint8Array>;

/** The simulated kernel's sources, to be read while debugging and afterwards. */
export class KernelSources implements vscode.FileSystemProvider {
  readonly #dist: vscode.Uri;
  #files: Promise<Files> | undefined;

  // Nothing ever changes.
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(extensionUri: vscode.Uri) {
    this.#dist = vscode.Uri.joinPath(extensionUri, "dist");
  }

  watch(): vscode.Disposable {
    return { dispose() {} };
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const file = (await this.#all()).get(uri.path);
    if (file !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: file.length };
    if ((await this.#entries(uri)).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  async readDirectory(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const entries = await this.#entries(uri);
    if (entries.length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return entries;
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const file = (await this.#all()).get(uri.path);
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #entries({ path }: vscode.Uri): Promise<[string, vscode.FileType][]> {
    const folder = path.endsWith("/") ? path : `${path}/`;
    const entries = new Map<string, vscode.FileType>();
    for (const file of (await this.#all()).keys()) {
      if (!file.startsWith(folder)) continue;
      const [name = "", ...below] = file.slice(folder.length).split("/");
      entries.set(name, below.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...entries];
  }

  /** Read on first use: most sessions never look into the kernel. */
  #all(): Promise<Files> {
    this.#files ??= this.#read();
    return this.#files;
  }

  async #read(): Promise<Files> {
    const read = async (name: string): Promise<unknown> => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#dist, name));
      return JSON.parse(new TextDecoder().decode(bytes));
    };
    const { modules } = (await read("kernel-image.json")) as { modules: ModuleHead[] };
    const details = (await read("kernel-details.json")) as ModuleDetails[];
    const text = new TextEncoder();
    const path = (file: string): string => file.replace(`${KERNEL_SCHEME}:`, "");
    return new Map(modules.map(({ file }, i) => [path(file), text.encode(details[i]!.source)]));
  }
}
