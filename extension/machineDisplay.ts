/** Shows where the machine stands while it stands: an item in the status bar, and a cursor for each CPU in the editors. */
import * as vscode from "vscode";
import { debugCommands } from "./debugCommandList.ts";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { cursorsIn, type MachineGlance, statusText, statusTooltip } from "./machineGlance.ts";
import { onSettingChange, setting } from "./readSettings.ts";

export class MachineDisplay implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("netdev-lab.time", vscode.StatusBarAlignment.Left, 50);
  readonly #cursor = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    after: {
      margin: "0 0 0 3em",
      color: new vscode.ThemeColor("editorCodeLens.foreground"),
      fontStyle: "italic",
    },
    overviewRulerColor: new vscode.ThemeColor("charts.purple"),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  readonly #disposables: vscode.Disposable[];
  #glance: MachineGlance | null = null;

  constructor() {
    this.#item.name = "Netdev Lab: Time";
    this.#item.command = debugCommands.seek.id;
    this.#disposables = [
      this.#item,
      this.#cursor,
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      onSettingChange("cpuCursors", () => this.#draw()),
      vscode.debug.onDidTerminateDebugSession((session) => {
        if (session.type === DEBUG_TYPE) this.#show(null);
      }),
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message: unknown) => this.#heard(session, message),
        }),
      }),
    ];
  }

  dispose(): void {
    for (const one of this.#disposables) one.dispose();
  }

  #heard(session: vscode.DebugSession, message: unknown): void {
    if (typeof message !== "object" || message === null || !("event" in message)) return;
    if (message.event === "continued") this.#show(null);
    if (message.event === "stopped" || message.event === "invalidated") void this.#ask(session);
  }

  async #ask(session: vscode.DebugSession): Promise<void> {
    try {
      this.#show((await session.customRequest("netdev-lab/state")) as MachineGlance);
    } catch {
      this.#show(null); // the session has ended meanwhile
    }
  }

  #show(glance: MachineGlance | null): void {
    this.#glance = glance;
    if (glance === null) this.#item.hide();
    else {
      this.#item.text = statusText(glance);
      this.#item.tooltip = statusTooltip(glance);
      this.#item.show();
    }
    this.#draw();
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const { uri } = editor.document;
      const file = uri.scheme === "file" ? uri.fsPath.replaceAll("\\", "/") : uri.toString();
      const shown = this.#glance !== null && setting("cpuCursors");
      const cursors = shown ? cursorsIn(this.#glance!, file) : [];
      editor.setDecorations(
        this.#cursor,
        cursors.map(({ line, text }) => ({
          range: new vscode.Range(line, 0, line, 0),
          renderOptions: { after: { contentText: `◆ ${text}` } },
        })),
      );
    }
  }
}
