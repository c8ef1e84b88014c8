/** The open driver models and what the analysis says of them; analysed again when a text changes, not before. */
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnalysisResult, analyse, type ParseCache } from "../../sim/analysis/index.ts";
import { isDriverCode } from "../driverModel.ts";
import type { Host } from "./host.ts";

interface Known {
  readonly texts: ReadonlyMap<string, string | null>;
  readonly result: AnalysisResult;
}

export class Models {
  readonly #host: Host;
  readonly #open = new Map<string, TextDocument>();
  readonly #known = new Map<string, Known>();
  readonly #parsed: ParseCache = new Map();

  constructor(host: Host) {
    this.#host = host;
  }

  opened(document: TextDocument): void {
    this.#open.set(this.#host.toPath(document.uri), document);
  }

  closed(uri: string): void {
    const path = this.#host.toPath(uri);
    this.#open.delete(path);
    this.#known.delete(path);
    this.#parsed.delete(path);
  }

  document(uri: string): TextDocument | undefined {
    return this.#open.get(this.#host.toPath(uri));
  }

  text(path: string): string | null {
    return this.#open.get(path)?.getText() ?? this.#host.read(path);
  }

  /** Open files that are driver models, or parts of one: what nobody enters has no findings. */
  models(): string[] {
    return [...this.#open].filter(([, document]) => isDriverCode(document.getText())).map(([path]) => path);
  }

  /** The models that a file belongs to: itself, or those that import it. */
  of(uri: string): AnalysisResult[] {
    const path = this.#host.toPath(uri);
    const results = this.models().map((model) => this.result(model));
    return results.filter((r): r is AnalysisResult => r?.files.includes(path) === true);
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
