/** The open driver models and what the analysis says of them; analysed again when a text changes, not before. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalysisResult, analyse, type ParseCache } from "../../sim/analysis/index.ts";
import { isDriverCode } from "../driverModel.ts";
import type { Host } from "./host.ts";
import { pathKey, toPath, toUri } from "./paths.ts";

interface Known {
  readonly texts: ReadonlyMap<string, string | null>;
  readonly result: AnalysisResult;
}

export class Models {
  readonly #host: Host;
  /** By the key of the path. */
  readonly #open = new Map<string, TextDocument>();
  readonly #known = new Map<string, Known>();
  readonly #parsed: ParseCache = new Map();

  constructor(host: Host) {
    this.#host = host;
  }

  opened(document: TextDocument): void {
    this.#open.set(this.#key(toPath(document.uri)), document);
  }

  closed(uri: string): void {
    const path = toPath(uri);
    this.#open.delete(this.#key(path));
    this.#known.delete(path);
    this.#parsed.delete(path);
  }

  document(uri: string): TextDocument | undefined {
    return this.#open.get(this.#key(toPath(uri)));
  }

  text(path: string): string | null {
    return this.#open.get(this.#key(path))?.getText() ?? this.#host.read(path);
  }

  /** Open files that are driver models, or parts of one: what nobody enters has no findings. */
  models(): string[] {
    return [...this.#open.values()]
      .filter((document) => isDriverCode(document.getText()))
      .map(({ uri }) => toPath(uri));
  }

  /** The URI of a file, as the editor writes it if it has the file open. */
  uri(path: string): string {
    return this.#open.get(this.#key(path))?.uri ?? toUri(path);
  }

  /** Do two paths name one file? */
  same(a: string, b: string): boolean {
    return a === b || this.#key(a) === this.#key(b);
  }

  #key(path: string): string {
    return pathKey(path, this.#host.foldsCase);
  }

  /** The models that a file belongs to: itself, or those that import it. */
  of(uri: string): AnalysisResult[] {
    const path = toPath(uri);
    const results = this.models().map((model) => this.result(model));
    return results.filter(
      (r): r is AnalysisResult => r?.files.some((file) => this.same(file, path)) === true,
    );
  }

  result(path: string): AnalysisResult | null {
    const known = this.#known.get(path);
    if (known && [...known.texts].every(([file, text]) => this.text(file) === text)) return known.result;
    const texts = new Map<string, string | null>();
    const read = (file: string): string | null => {
      const text = this.text(file);
      texts.set(file, text);
      return text;
    };
    const result = analyse({ read }, path, this.#parsed);
    if (result !== null) this.#known.set(path, { texts, result });
    return result;
  }
}
