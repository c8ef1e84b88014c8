/** The extension in a browser (vscode.dev): adapter and language server are Web Workers, and nothing starts a process. */
import * as vscode from "vscode";
import { commands } from "../contributions.ts";
import { registerEverywhere } from "../everywhere.ts";
import { t } from "../l10n.ts";
import { DEBUG_TYPE } from "../launchConfig.ts";
import { lessonCommands } from "../lessons/lessonContributions.ts";
import { InlineAdapterFactory } from "./inlineAdapter.ts";
import { start } from "./languageClient.ts";

/** Called by VS Code on the first use of the debugger or of a command. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    ...registerEverywhere({
      extensionUri: context.extensionUri,
      startLanguageClient: () => start(context.extensionUri),
      reads: ({ scheme }) => scheme !== "untitled",
      beforeLaunch: async () => {},
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory(
      DEBUG_TYPE,
      new InlineAdapterFactory(context.extensionUri),
    ),
    ...[commands.newDriverModel, commands.runModel, commands.exploreModel, lessonCommands.open.id].map((id) =>
      vscode.commands.registerCommand(id, tellWhere),
    ),
  );
}

function tellWhere(): void {
  void vscode.window.showInformationMessage(
    t("This needs VS Code on the desktop or a remote: a browser alone cannot start programs."),
  );
}
