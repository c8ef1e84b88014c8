import { join } from "node:path";
import * as vscode from "vscode";

/**
 * Runs the bundled adapter in a process of its own, with the extension host's own executable: it is Node in a
 * browser-hosted VS Code, and Electron that behaves as Node with the variable below in the desktop one.
 */
export class AdapterFactory implements vscode.DebugAdapterDescriptorFactory {
  readonly #adapter: string;

  constructor(extensionPath: string) {
    this.#adapter = join(extensionPath, "dist", "debug-adapter.mjs");
  }

  createDebugAdapterDescriptor(): vscode.DebugAdapterDescriptor {
    return new vscode.DebugAdapterExecutable(process.execPath, [this.#adapter, "--kernel-uris"], {
      env: { ELECTRON_RUN_AS_NODE: "1" },
    });
  }
}
