/** The language server: requests in, answers out. What it runs in is given by its host. */

import type { Connection } from "vscode-languageserver";
import { type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { AnalysisResult } from "../../sim/analysis/index.ts";
import { actions } from "./actions.ts";
import { completions } from "./completions.ts";
import { diagnostic } from "./diagnostics.ts";
import type { Host } from "./host.ts";
import { hover } from "./hovers.ts";
import { inlineValues } from "./inlineValues.ts";
import { Models } from "./models.ts";
import { inlayHints, lenses, symbols } from "./outline.ts";
import { toPath } from "./paths.ts";

/** Keys that come faster than this are analysed together. */
const PAUSE_MS = 15;

const CAPABILITIES: InitializeResult = {
  serverInfo: { name: "netdev-lab" },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    inlayHintProvider: true,
    inlineValueProvider: true,
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: ["quickfix"] },
    completionProvider: {},
    documentSymbolProvider: { label: "Netdev Lab" },
  },
};

export function serve(connection: Connection, host: Host): void {
  const models = new Models(host);
  const uriOf = (path: string): string => models.uri(path);
  const shown = new Set<string>();
  let rulePages: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  connection.onInitialize((params) => {
    const options = params.initializationOptions as { rulePages?: string } | undefined;
    rulePages = options?.rulePages ?? null;
    return CAPABILITIES;
  });

  connection.onDidOpenTextDocument(({ textDocument: d }) => {
    models.opened(TextDocument.create(d.uri, d.languageId, d.version, d.text));
    soon();
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = models.document(textDocument.uri);
    if (document) models.opened(TextDocument.update(document, contentChanges, textDocument.version));
    soon();
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    models.closed(textDocument.uri);
    soon();
  });

  connection.onHover(({ textDocument, position }) => {
    const document = models.document(textDocument.uri);
    if (!document) return null;
    return hover(document.getText(), position, toPath(textDocument.uri), models.of(textDocument.uri));
  });
  connection.languages.inlayHint.on(({ textDocument, range }) =>
    models
      .of(textDocument.uri)
      .slice(0, 1)
      .flatMap((r) => inlayHints(r.facts, toPath(textDocument.uri), range)),
  );
  connection.languages.inlineValue.on(({ textDocument, context }) => {
    const document = models.document(textDocument.uri);
    return document ? inlineValues(document.getText(), context.stoppedLocation) : [];
  });
  connection.onCodeLens(({ textDocument }) =>
    models
      .of(textDocument.uri)
      .slice(0, 1)
      .flatMap((r) => lenses(r.facts, toPath(textDocument.uri))),
  );
  connection.onDocumentSymbol(({ textDocument }) =>
    models
      .of(textDocument.uri)
      .slice(0, 1)
      .flatMap((r) => symbols(r.facts, toPath(textDocument.uri))),
  );
  connection.onCodeAction(({ textDocument, range }) => {
    const document = models.document(textDocument.uri);
    if (!document) return [];
    const findings = models.of(textDocument.uri).flatMap((r) => r.findings);
    return actions(findings, toPath(textDocument.uri), document.getText(), range, uriOf);
  });
  connection.onCompletion(({ textDocument, position }) => {
    const line = models.document(textDocument.uri)?.getText().split("\n")[position.line] ?? "";
    return completions(line.slice(0, position.character));
  });
  connection.listen();

  function soon(): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(publish, PAUSE_MS);
  }

  /** Diagnostics of all open models; a file that has none any more is told so. */
  function publish(): void {
    timer = null;
    const results = models.models().map((path) => models.result(path));
    const files = new Map<string, AnalysisResult["findings"][number][]>();
    for (const r of results)
      for (const f of r?.findings ?? []) {
        const list = files.get(f.file) ?? [];
        if (!list.some((g) => g.rule === f.rule && g.line === f.line && g.column === f.column)) list.push(f);
        files.set(f.file, list);
      }
    for (const file of new Set([...shown, ...files.keys(), ...models.models()])) {
      const uri = models.uri(file);
      const version = models.document(uri)?.version;
      const diagnostics = (files.get(file) ?? []).map((f) => diagnostic(f, uriOf, rulePages));
      void connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    }
    shown.clear();
    for (const file of files.keys()) shown.add(file);
  }
}
