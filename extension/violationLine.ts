/** While the debugger stands at a broken rule: the rule in short, at the end of the line. */
import * as vscode from "vscode";
import { DEBUG_TYPE } from "./launchConfig.ts";
import { uriOf } from "./uris.ts";
import { readViolation, shownPlace, VIOLATION_EVENT, type Violation } from "./violation.ts";

const LONGEST = 80;

export class ViolationLine implements vscode.Disposable {
  readonly #decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor("inputValidation.errorBackground"),
    after: { margin: "0 0 0 3em", color: new vscode.ThemeColor("editorError.foreground") },
    overviewRulerColor: new vscode.ThemeColor("editorError.foreground"),
    overviewRulerLane: vscode.OverviewRulerLane.Full,
  });
  readonly #subscriptions: vscode.Disposable[];
  #last: Violation | null = null;
  #shown: { readonly uri: string; readonly line: number; readonly text: string } | null = null;

  constructor() {
    this.#subscriptions = [
      this.#decoration,
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.debug.onDidTerminateDebugSession(({ type }) => {
        if (type === DEBUG_TYPE) this.#show(null);
      }),
      vscode.debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message: unknown) => this.#heard(session, message),
        }),
      }),
    ];
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }

  #heard(session: vscode.DebugSession, message: unknown): void {
    const { event, body } = (message ?? {}) as { event?: string; body?: { reason?: string } };
    if (event === VIOLATION_EVENT) this.#last = readViolation(body) ?? null;
    else if (event === "continued") this.#show(null);
    else if (event === "stopped") this.#show(body?.reason === "exception" ? session : null);
  }

  #show(session: vscode.DebugSession | null): void {
    if (session === null || this.#last === null) this.#shown = null;
    else {
      const place = shownPlace(this.#last, String(session.configuration.program ?? ""));
      this.#shown = { uri: uriOf(place.file).toString(), line: place.line - 1, text: shortText(this.#last) };
    }
    this.#draw();
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const shown = editor.document.uri.toString() === this.#shown?.uri ? this.#shown : null;
      const at = shown && new vscode.Range(shown.line, 0, shown.line, 0);
      const renderOptions = { after: { contentText: shown?.text ?? "" } };
      editor.setDecorations(this.#decoration, at === null ? [] : [{ range: at, renderOptions }]);
    }
  }
}

/** The rule's title; the whole story is in the explanation below and in the Problems panel. */
export function shortText({ rule, title, message }: Pick<Violation, "rule" | "title" | "message">): string {
  const text = title === "" ? message : title;
  return `⛔ ${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text} [${rule}]`;
}
