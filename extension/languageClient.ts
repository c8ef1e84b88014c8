/** Starts the language server when the first driver model is open; nothing of it is loaded before. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as vscode from "vscode";
import { isDriverCode } from "./driverModel.ts";
import { onSettingChange, setting } from "./readSettings.ts";

/** What dist/language-client.cjs gives. */
export interface ClientModule {
  start(serverModule: string, rulePages: string): Promise<vscode.Disposable>;
}

export class LanguageClientStarter implements vscode.Disposable {
  readonly #extensionPath: string;
  readonly #load: (file: string) => ClientModule;
  readonly #subscriptions: readonly vscode.Disposable[];
  #client: Promise<vscode.Disposable> | null = null;

  constructor(extensionPath: string, load: (file: string) => ClientModule) {
    this.#extensionPath = extensionPath;
    this.#load = load;
    this.#subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => this.#look(document)),
      onSettingChange("checkWhileTyping", () => {
        this.#stop();
        this.#lookAtAll();
      }),
    ];
    // what is open already can wait until the extension is ready
    setTimeout(() => this.#lookAtAll());
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
    this.#stop();
  }

  #stop(): void {
    void this.#client?.then(
      (client) => client.dispose(),
      () => {}, // it never started, which was told
    );
    this.#client = null;
  }

  #lookAtAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#look(document);
  }

  #look(document: vscode.TextDocument): void {
    if (this.#client !== null || document.languageId !== "typescript") return;
    if (!setting("checkWhileTyping") || !isDriverCode(document.getText())) return;
    const dist = join(this.#extensionPath, "dist");
    const rules = pathToFileURL(join(this.#extensionPath, "docs", "rules")).href;
    this.#client = this.#load(join(dist, "language-client.cjs")).start(
      join(dist, "language-server.cjs"),
      rules,
    );
    this.#client.catch((error: unknown) => {
      void vscode.window.showErrorMessage(
        `Netdev Lab's checks while typing could not start: ${String(error)}`,
      );
    });
  }
}
