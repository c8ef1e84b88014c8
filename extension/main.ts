import { join } from "node:path";
import * as vscode from "vscode";
import { AdapterFactory } from "./adapterFactory.ts";
import { ApiRefresh } from "./apiRefresh.ts";
import { ConfigurationProvider } from "./configurationProvider.ts";
import { commands, defaultConfiguration } from "./contributions.ts";
import { registerDebugCommands } from "./debugCommands.ts";
import { KERNEL_SCHEME, KernelSources } from "./kernelSources.ts";
import { type ClientModule, LanguageClientStarter } from "./languageClient.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { lessonCommands } from "./lessons/lessonContributions.ts";
import { Lessons } from "./lessons/lessons.ts";
import { MachineDisplay } from "./machineDisplay.ts";
import { chooseParent, newDriverModel } from "./newDriverModel.ts";
import { prepareFolder } from "./scaffold.ts";
import { watchSessions } from "./sessions.ts";
import { ModelLenses } from "./tests/lenses.ts";
import { ModelTests, schedulesFolder } from "./tests/modelTests.ts";
import { TimelineView } from "./timeline/timelineView.ts";
import { registerViews } from "./views/register.ts";
import { Violations } from "./violations.ts";

/** Called by VS Code on the first use of the debugger or of a command. */
export function activate(context: vscode.ExtensionContext): void {
  const apiSource = join(context.extensionPath, "dist", "api");
  const api = new ApiRefresh(apiSource);
  const provider = new ConfigurationProvider((program) => api.beforeLaunch(program));
  const violations = new Violations(join(context.extensionPath, "docs", "rules"));
  const tests = new ModelTests(
    join(context.extensionPath, "dist", "cli.mjs"),
    schedulesFolder(context.storageUri, context.globalStorageUri.fsPath),
  );
  const onModel = (explore: boolean) => (uri?: vscode.Uri) => {
    const model = uri ?? vscode.window.activeTextEditor?.document.uri;
    return model === undefined ? undefined : tests.start(model, explore);
  };
  const lessons = new Lessons(context.extensionUri, ({ fsPath }) => prepareFolder(fsPath, apiSource));
  context.subscriptions.push(
    tests,
    vscode.commands.registerCommand(lessonCommands.open.id, (id) => lessons.open(id, chooseParent)),
    vscode.commands.registerCommand(lessonCommands.compare.id, () => lessons.compare()),
    vscode.languages.registerCodeLensProvider({ language: "typescript", scheme: "file" }, new ModelLenses()),
    vscode.commands.registerCommand(commands.runModel, onModel(false)),
    vscode.commands.registerCommand(commands.exploreModel, onModel(true)),
    violations,
    new LanguageClientStarter(context.extensionPath, (file) => require(file) as ClientModule),
    ...watchSessions(violations),
    ...registerDebugCommands(),
    new MachineDisplay(),
    ...registerViews(),
    new TimelineView(context.extensionUri),
    vscode.workspace.registerFileSystemProvider(KERNEL_SCHEME, new KernelSources(context.extensionPath), {
      isCaseSensitive: true,
      isReadonly: new vscode.MarkdownString("The simulated kernel is read-only: it comes with Netdev Lab."),
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, new AdapterFactory(context.extensionPath)),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      provider,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.commands.registerCommand(commands.newDriverModel, () => newDriverModel(context.extensionPath)),
    vscode.commands.registerCommand(commands.debugDriverModel, () =>
      // No program: the provider takes the active editor and says why if it can't.
      vscode.debug.startDebugging(undefined, defaultConfiguration("")),
    ),
  );
  void api.workspace();
}
