import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as vscode from "vscode";
import { AdapterFactory } from "./adapterFactory.ts";
import { ApiRefresh } from "./apiRefresh.ts";
import { commands } from "./contributions.ts";
import { registerEverywhere } from "./everywhere.ts";
import { registerRunningTools } from "./language-model/runningTools.ts";
import type { ClientModule } from "./languageClient.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { lessonCommands } from "./lessons/lessonContributions.ts";
import { Lessons } from "./lessons/lessons.ts";
import { chooseParent, newDriverModel } from "./newDriverModel.ts";
import { prepareFolder } from "./scaffold.ts";
import { ModelLenses } from "./tests/lenses.ts";
import { ModelTests, schedulesFolder } from "./tests/modelTests.ts";

/** Called by VS Code on the first use of the debugger or of a command. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionPath, extensionUri } = context;
  const dist = join(extensionPath, "dist");
  const api = new ApiRefresh(join(dist, "api"));
  const schedules = schedulesFolder(context.storageUri, context.globalStorageUri.fsPath);
  const tests = new ModelTests(join(dist, "cli.mjs"), schedules);
  const onModel = (explore: boolean) => (uri?: vscode.Uri) => {
    const model = uri ?? vscode.window.activeTextEditor?.document.uri;
    return model === undefined ? undefined : tests.start(model, explore);
  };
  const lessons = new Lessons(extensionUri, ({ fsPath }) => prepareFolder(fsPath, join(dist, "api")));
  context.subscriptions.push(
    ...registerEverywhere({
      extensionUri,
      startLanguageClient: () => startLanguageClient(extensionPath),
      reads: ({ scheme }) => scheme === "file",
      beforeLaunch: (program) => api.beforeLaunch(program),
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, new AdapterFactory(extensionPath)),
    tests,
    ...registerRunningTools(join(dist, "cli.mjs"), schedules),
    vscode.languages.registerCodeLensProvider({ language: "typescript", scheme: "file" }, new ModelLenses()),
    vscode.commands.registerCommand(commands.runModel, onModel(false)),
    vscode.commands.registerCommand(commands.exploreModel, onModel(true)),
    vscode.commands.registerCommand(lessonCommands.open.id, (id) => lessons.open(id, chooseParent)),
    vscode.commands.registerCommand(lessonCommands.compare.id, () => lessons.compare()),
    vscode.commands.registerCommand(commands.newDriverModel, () => newDriverModel(extensionPath)),
  );
  void api.workspace();
}

/** A bundle of its own, so that activation does not pay for it. */
function startLanguageClient(extensionPath: string): Promise<vscode.Disposable> {
  const dist = join(extensionPath, "dist");
  const client = require(join(dist, "language-client.cjs")) as ClientModule;
  const rules = pathToFileURL(join(extensionPath, "docs", "rules")).href;
  return client.start(join(dist, "language-server.cjs"), rules);
}
