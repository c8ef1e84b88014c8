/** The client's half of the language server: a bundle of its own, so that activation does not pay for it. */
import type * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

export async function start(serverModule: string, rulePages: string): Promise<vscode.Disposable> {
  const run = { module: serverModule, transport: TransportKind.ipc };
  const client = new LanguageClient(
    "netdev-lab",
    "Netdev Lab",
    { run, debug: run },
    { documentSelector: [{ language: "typescript", scheme: "file" }], initializationOptions: { rulePages } },
  );
  await client.start();
  return { dispose: () => void client.stop() };
}
