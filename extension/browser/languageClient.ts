/** The client's half of the language server in a browser, where the server is a Web Worker. */
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";

export async function start(extensionUri: vscode.Uri): Promise<vscode.Disposable> {
  const file = (...path: string[]): string => vscode.Uri.joinPath(extensionUri, ...path).toString(true);
  const worker = new Worker(file("dist", "language-server.worker.js"));
  const options = {
    documentSelector: [{ language: "typescript" }],
    initializationOptions: { rulePages: file("docs", "rules") },
  };
  const client = new LanguageClient("netdev-lab", "Netdev Lab", worker, options);
  await client.start();
  return {
    dispose: () => {
      void client.stop();
      worker.terminate();
    },
  };
}
