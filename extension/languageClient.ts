/** Starts the language server when the first driver model is open; nothing of it is loaded before. */
import * as vscode from "vscode";
import { isDriverCode } from "./driverModel.ts";
import { t } from "./l10n.ts";
import { onSettingChange, setting } from "./readSettings.ts";

/** What dist/language-client.cjs gives. */
export interface ClientModule {
  start(serverModule: string, rulePages: string): Promise<vscode.Disposable>;
}

export class LanguageClientStarter implements vscode.Disposable {
  readonly #start: () => Promise<vscode.Disposable>;
  readonly #subscriptions: readonly vscode.Disposable[];
  #client: Promise<vscode.Disposable> | null = null;

  constructor(start: () => Promise<vscode.Disposable>) {
    this.#start = start;
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
    this.#client = this.#start();
    this.#client.catch((error: unknown) => {
      void vscode.window.showErrorMessage(
        t("Netdev Lab's checks while typing could not start: {0}", String(error)),
      );
    });
  }
}
