/** The panel *Timeline*: a page of our own, fed by the debug adapter, that moves the debugger through time. */
import * as vscode from "vscode";
import type { EventRow, EventRows } from "../../debug-adapter/messages/timeline.ts";
import { t } from "../l10n.ts";
import { DEBUG_TYPE } from "../launchConfig.ts";
import { chromeTrace } from "./chromeTrace.ts";
import type { FromPage, Moment, ToPage } from "./messages.ts";
import { timelinePage } from "./page.ts";
import { timelineStrings } from "./strings.ts";
import { timelineCommands, timelineView } from "./timelineContributions.ts";

const ROWS_A_PAGE = 5_000;

export class TimelineView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #files: vscode.Uri;
  readonly #subscriptions: vscode.Disposable[];
  #view: vscode.WebviewView | null = null;
  #running = false;

  constructor(extensionUri: vscode.Uri) {
    this.#files = vscode.Uri.joinPath(extensionUri, "dist");
    const command = (id: string, run: () => unknown): vscode.Disposable =>
      vscode.commands.registerCommand(id, run);
    this.#subscriptions = [
      vscode.window.registerWebviewViewProvider(timelineView.id, this),
      vscode.debug.onDidChangeActiveDebugSession(() => this.#changed(false)),
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: () => ({ onDidSendMessage: (message: unknown) => this.#heard(message) }),
      }),
      command(timelineCommands.show.id, () => vscode.commands.executeCommand(`${timelineView.id}.focus`)),
      command(timelineCommands.exportTrace.id, () => this.#exportTrace()),
      command(timelineCommands.exportImage.id, () => this.#exportImage()),
    ];
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const { webview } = view;
    const file = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.#files, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [this.#files] };
    webview.onDidReceiveMessage((message: FromPage) => void this.#take(message));
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = null;
    });
    webview.html = timelinePage({
      script: file("timeline.js"),
      style: file("timeline.css"),
      source: webview.cspSource,
      nonce: crypto.randomUUID(),
      language: vscode.env.language,
      strings: timelineStrings(),
    });
  }

  #heard(message: unknown): void {
    if (typeof message !== "object" || message === null || !("event" in message)) return;
    if (message.event === "stopped" || message.event === "invalidated") this.#changed(false);
    if (message.event === "continued") this.#changed(true);
  }

  #changed(running: boolean): void {
    this.#running = running;
    this.#tell(session() === null ? { kind: "ended" } : { kind: "changed", running });
  }

  #tell(message: ToPage): void {
    void this.#view?.webview.postMessage(message);
  }

  async #take(message: FromPage): Promise<void> {
    switch (message.kind) {
      case "ready":
        this.#changed(this.#running);
        break;
      case "ask":
        await this.#answer(message);
        break;
      case "go":
        await this.#go(message.to);
        break;
      case "image":
        await save("png", bytesOf(message.png));
        break;
    }
  }

  async #answer({ id, name, args }: FromPage & { kind: "ask" }): Promise<void> {
    try {
      const body: unknown = await ask(name, args);
      this.#tell({ kind: "answer", id, body });
    } catch (error) {
      this.#tell({ kind: "refused", id, reason: (error as Error).message });
    }
  }

  async #go(to: Moment): Promise<void> {
    try {
      await ask("seek", to);
    } catch (error) {
      void vscode.window.showErrorMessage((error as Error).message);
    }
  }

  async #exportTrace(): Promise<void> {
    const of = session();
    if (of === null) return tellNoSession();
    const title = t("Reading the recording…");
    const location = vscode.ProgressLocation.Window;
    const rows = await vscode.window.withProgress({ location, title }, allRows);
    const { program, workload, seed } = of.configuration;
    const about = Object.fromEntries(
      Object.entries({ program, workload, seed }).filter(([, v]) => v !== undefined),
    );
    const saved = await save("json", new TextEncoder().encode(JSON.stringify(chromeTrace(rows, about))));
    if (saved)
      void vscode.window.showInformationMessage(
        t("The trace is saved. Open it at ui.perfetto.dev or in chrome://tracing."),
      );
  }

  #exportImage(): void {
    if (this.#view === null || !this.#view.visible) {
      void vscode.window.showInformationMessage(t("Open the timeline first: its picture is what is saved."));
      return;
    }
    this.#tell({ kind: "make-image" });
  }
}

function session(): vscode.DebugSession | null {
  const active = vscode.debug.activeDebugSession;
  return active?.type === DEBUG_TYPE ? active : null;
}

async function ask(name: string, args: object): Promise<unknown> {
  const of = session();
  if (of === null) throw new Error(t("No driver model is being debugged."));
  return of.customRequest(`netdev-lab/${name}`, args);
}

function tellNoSession(): void {
  void vscode.window.showInformationMessage(t("Netdev Lab: start debugging a driver model first."));
}

async function allRows(): Promise<EventRow[]> {
  const rows: EventRow[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page = (await ask("events", { from, count: ROWS_A_PAGE })) as EventRows;
    rows.push(...page.rows);
    from = page.rows.length === 0 ? null : page.next;
  }
  return rows;
}

/** Asks where to, and writes; false if the user thought better of it. */
async function save(extension: "png" | "json", bytes: Uint8Array): Promise<boolean> {
  const program: unknown = session()?.configuration.program;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = typeof program === "string" ? program.replace(/^.*[\\/]|\.ts$/g, "") : "timeline";
  const defaultUri = folder && vscode.Uri.joinPath(folder, `${name}.timeline.${extension}`);
  const filters = { [extension.toUpperCase()]: [extension] };
  const uri = await vscode.window.showSaveDialog({
    filters,
    ...(defaultUri === undefined ? {} : { defaultUri }),
  });
  if (uri === undefined) return false;
  await vscode.workspace.fs.writeFile(uri, bytes);
  return true;
}

/** What a data URL in base64 holds. */
function bytesOf(url: string): Uint8Array {
  return Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (char) => char.charCodeAt(0));
}
