import * as vscode from "vscode";
import { commands, defaultConfiguration } from "./contributions.ts";
import { whyNoModel } from "./driverModel.ts";
import { t } from "./l10n.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { uriOf } from "./uris.ts";

/** F5: fills in what launch.json leaves out, and says clearly why a file can't be debugged. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  readonly #beforeLaunch: (program: string) => Promise<void>;
  readonly #reads: (uri: vscode.Uri) => boolean;

  /** `reads`: the debug adapter can read such a file. */
  constructor(beforeLaunch: (program: string) => Promise<void>, reads: (uri: vscode.Uri) => boolean) {
    this.#beforeLaunch = beforeLaunch;
    this.#reads = reads;
  }

  provideDebugConfigurations(): vscode.DebugConfiguration[] {
    return [defaultConfiguration()];
  }

  /** Without a launch.json VS Code asks with an empty configuration. */
  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration | undefined {
    const empty = !config.type && !config.request && !config.name;
    const whole = empty ? { ...defaultConfiguration(""), ...config, type: DEBUG_TYPE } : config;
    const launch: vscode.DebugConfiguration = {
      ...whole,
      type: DEBUG_TYPE,
      request: whole.request || "launch",
      name: whole.name || "Debug Driver Model",
    };
    if (launch.program || launch.request === "attach") return launch;
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !this.#reads(document.uri))
      return refuse(t("Open a driver model first: there is no file to debug."));
    // The editor's text counts, not the file's: VS Code saves before it launches.
    const why = whyNoModel(basename(document.uri.path), document.getText());
    return why === undefined ? { ...launch, program: pathOf(document.uri) } : refuse(why);
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const program: unknown = config.program;
    if (typeof program !== "string") return config;
    // A file that can't be read is the adapter's to report: it knows all the ways a launch can be wrong.
    const text = await readText(program);
    const why = text === undefined ? undefined : whyNoModel(basename(program), text);
    if (why !== undefined) return refuse(why);
    await this.#beforeLaunch(program);
    return config;
  }
}

/** As the debug adapter writes a file: a path of the disk, or the URI. */
function pathOf(uri: vscode.Uri): string {
  return uri.scheme === "file" ? uri.fsPath : uri.toString(true);
}

async function readText(program: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(program)));
  } catch {
    return undefined;
  }
}

function basename(path: string): string {
  return path.replace(/^.*[\\/]/, "");
}

/** Says why nothing starts, with a way on; nobody waits for the answer. */
function refuse(message: string): undefined {
  const make = t("New Driver Model");
  void vscode.window.showErrorMessage(message, make).then((chosen) => {
    if (chosen === make) return vscode.commands.executeCommand(commands.newDriverModel);
  });
  return undefined;
}
