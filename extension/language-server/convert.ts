/** From the analysis' places, which count from 1, to the protocol's, which count from 0. */
import type { Range } from "vscode-languageserver-protocol";
import type { Span } from "../../sim/analysis/index.ts";

export function range(span: Span): Range {
  return {
    start: { line: span.line - 1, character: span.column - 1 },
    end: { line: span.endLine - 1, character: span.endColumn - 1 },
  };
}

export function contains(outer: Range, inner: Range): boolean {
  const before = (a: Range["start"], b: Range["start"]): boolean =>
    a.line < b.line || (a.line === b.line && a.character <= b.character);
  return before(outer.start, inner.end) && before(inner.start, outer.end);
}
