import * as vscode from "vscode";
import { moveByEdit } from "./edits.ts";
import { t } from "./l10n.ts";
import { uriOf } from "./uris.ts";
import {
  isUserFile,
  type Place,
  problemText,
  readViolation,
  type Severity,
  shownPlace,
  type Violation,
} from "./violation.ts";

interface Problem {
  readonly program: string;
  readonly uri: vscode.Uri;
  readonly diagnostic: vscode.Diagnostic;
}

const SOURCE = "Netdev Lab";
const SEVERITY: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  advice: vscode.DiagnosticSeverity.Information,
};

/** Violations of the last run of each model, in the Problems panel and under the code. */
export class Violations implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("netdev-lab");
  readonly #rulePages: vscode.Uri;
  #problems: Problem[] = [];
  /** Edits since the oldest run that still goes on, in order: what a run reports is about the text that it began with. */
  #edits: vscode.TextDocumentChangeEvent[] = [];
  /** Runs that go on, with the number of edits made before each. */
  readonly #running = new Map<string, number>();

  /** `rulePages` is the folder that holds a page for each rule, `<id>.md`. */
  constructor(rulePages: vscode.Uri) {
    this.#rulePages = rulePages;
  }

  dispose(): void {
    this.#collection.dispose();
  }

  /** Takes the body of a violation event that a session of `program` sent. */
  async add(program: string, body: unknown): Promise<void> {
    const violation = readViolation(body);
    if (!violation) return;
    const place = shownPlace(violation, program);
    const uri = uriOf(place.file);
    const range = await this.#rangeNow(program, uri, place);
    if (range === undefined) return; // the code there has changed since the run began
    if (this.#problems.some((p) => sameProblem(p, uri, violation.rule, range))) return;
    const diagnostic = diagnosticOf(violation, range);
    const page = vscode.Uri.joinPath(this.#rulePages, `${violation.rule}.md`);
    // The id becomes a link to what the rule says and why.
    if (await exists(page)) diagnostic.code = { value: violation.rule, target: page };
    this.#problems.push({ program, uri, diagnostic });
    this.#show(uri);
  }

  /** A new run of a model starts: what the last one found is history. */
  begin(program: string): void {
    if (this.#running.size === 0) this.#edits = [];
    this.#running.set(program, this.#edits.length);
    const gone = this.#problems.filter((p) => p.program === program);
    this.#problems = this.#problems.filter((p) => p.program !== program);
    for (const { uri } of gone) this.#show(uri);
  }

  /** A run is over: what it found stays, marked as the last run's, until the code changes or a new run starts. */
  end(program: string): void {
    this.#running.delete(program);
    const uris = new Set<vscode.Uri>();
    for (const problem of this.#problems) {
      if (problem.program !== program || problem.diagnostic.source !== SOURCE) continue;
      problem.diagnostic.source = t("{0}, from the last run", SOURCE);
      uris.add(problem.uri);
    }
    for (const uri of uris) this.#show(uri);
  }

  /** Drops what an edit touched (the user is at work on it) and moves what stands below it. */
  edited(event: vscode.TextDocumentChangeEvent): void {
    if (this.#running.size > 0 && event.contentChanges.length > 0) this.#edits.push(event);
    const uri = event.document.uri;
    const here = this.#problems.filter((p) => p.uri.toString() === uri.toString());
    if (here.length === 0 || event.contentChanges.length === 0) return;
    const dropped = new Set(
      here.filter(({ diagnostic }) => {
        const range = moved(diagnostic.range, event.contentChanges);
        if (range !== undefined) diagnostic.range = range;
        return range === undefined;
      }),
    );
    this.#problems = this.#problems.filter((p) => !dropped.has(p));
    this.#show(uri);
  }

  /** Where a place of the run's text is now; undefined if it was edited meanwhile. */
  async #rangeNow(program: string, uri: vscode.Uri, place: Place): Promise<vscode.Range | undefined> {
    const since = this.#edits.slice(this.#running.get(program) ?? this.#edits.length);
    let start: vscode.Range | undefined = new vscode.Range(startOf(place), startOf(place));
    for (const { document, contentChanges } of since)
      if (start !== undefined && document.uri.toString() === uri.toString())
        start = moved(start, contentChanges);
    return start && codeAt(uri, start.start);
  }

  #show(uri: vscode.Uri): void {
    const here = this.#problems.filter((p) => p.uri.toString() === uri.toString());
    this.#collection.set(
      uri,
      here.map((p) => p.diagnostic),
    );
  }
}

/** Where a range is after edits; undefined if one of them touched its lines. */
function moved(
  range: vscode.Range,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): vscode.Range | undefined {
  let now = range;
  for (const { range: edit, text } of changes) {
    const by = moveByEdit(
      { start: now.start.line, end: now.end.line },
      {
        start: edit.start.line,
        end: edit.end.line,
        newLines: text.split("\n").length - 1,
        wholeLines: edit.start.character === 0 && edit.end.character === 0 && /(^|\n)$/.test(text),
      },
    );
    if (by === undefined) return undefined;
    now = new vscode.Range(now.start.translate(by), now.end.translate(by));
  }
  return now;
}

function diagnosticOf(violation: Violation, range: vscode.Range): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, problemText(violation), SEVERITY[violation.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = violation.rule;
  const files = violation.related.filter((place) => isUserFile(place.file));
  diagnostic.relatedInformation = files.map(
    (place) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(uriOf(place.file), startOf(place)),
        place.message,
      ),
  );
  return diagnostic;
}

/** From the place to the end of its line's code, so that there is something to see and to hover. */
async function codeAt(uri: vscode.Uri, start: vscode.Position): Promise<vscode.Range> {
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.lineAt(start.line).text.replace(/\s*(\/\/.*)?$/, "");
    return document.validateRange(new vscode.Range(start, start.with({ character: text.length })));
  } catch {
    return new vscode.Range(start, start);
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function startOf(place: Place): vscode.Position {
  return new vscode.Position(place.line - 1, place.column - 1);
}

function sameProblem(problem: Problem, uri: vscode.Uri, rule: string, range: vscode.Range): boolean {
  const { diagnostic } = problem;
  return (
    problem.uri.toString() === uri.toString() &&
    ruleOf(diagnostic) === rule &&
    diagnostic.range.start.isEqual(range.start)
  );
}

function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}
