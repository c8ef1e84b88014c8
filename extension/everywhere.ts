/** What the extension is on the desktop and in a browser alike. */
import * as vscode from "vscode";
import { ConfigurationProvider } from "./configurationProvider.ts";
import { commands, defaultConfiguration } from "./contributions.ts";
import { registerDebugCommands } from "./debugCommands.ts";
import { KERNEL_SCHEME, KernelSources } from "./kernelSources.ts";
import { t, useTranslation } from "./l10n.ts";
import { registerReadingTools } from "./language-model/readingTools.ts";
import { LanguageClientStarter } from "./languageClient.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { MachineDisplay } from "./machineDisplay.ts";
import { watchSessions } from "./sessions.ts";
import { TimelineView } from "./timeline/timelineView.ts";
import { registerViews } from "./views/register.ts";
import { ViolationLine } from "./violationLine.ts";
import { Violations } from "./violations.ts";

export interface Surroundings {
  readonly extensionUri: vscode.Uri;
  /** Starts the language server and its client. */
  startLanguageClient(): Promise<vscode.Disposable>;
  /** The debug adapter can read such a file. */
  reads(this: void, uri: vscode.Uri): boolean;
  /** Called with the path of a model that is about to be debugged. */
  beforeLaunch(program: string): Promise<void>;
}

export function registerEverywhere(here: Surroundings): vscode.Disposable[] {
  const { extensionUri } = here;
  useTranslation((text, ...values) => vscode.l10n.t(text, ...values));
  const provider = new ConfigurationProvider((program) => here.beforeLaunch(program), here.reads);
  const violations = new Violations(vscode.Uri.joinPath(extensionUri, "docs", "rules"));
  return [
    violations,
    new LanguageClientStarter(() => here.startLanguageClient()),
    ...watchSessions(violations),
    ...registerDebugCommands(),
    new MachineDisplay(),
    new ViolationLine(),
    ...registerReadingTools(vscode.Uri.joinPath(extensionUri, "docs", "rules")),
    ...registerViews(),
    new TimelineView(extensionUri),
    vscode.workspace.registerFileSystemProvider(KERNEL_SCHEME, new KernelSources(extensionUri), {
      isCaseSensitive: true,
      isReadonly: new vscode.MarkdownString(
        t("The simulated kernel is read-only: it comes with Netdev Lab."),
      ),
    }),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    vscode.debug.registerDebugConfigurationProvider(
      DEBUG_TYPE,
      provider,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    vscode.commands.registerCommand(commands.debugDriverModel, () =>
      // No program: the provider takes the active editor and says why if it can't.
      vscode.debug.startDebugging(undefined, defaultConfiguration("")),
    ),
  ];
}
