/** Changes of text that several rules propose. */
import type * as t from "@babel/types";
import type { Fix } from "./finding.ts";
import type { Interpreter } from "./interp.ts";

/** A statement put before another one; `if (full) return …` gets its braces. */
export function before(node: t.Node, run: Interpreter, statement: string): Fix["edits"] {
  const span = run.span(node);
  const lines = run.model.modules.get(span.file)?.text.split("\n") ?? [];
  const prefix = (lines[span.line - 1] ?? "").slice(0, span.column - 1);
  const alone = prefix.trim() === "";
  const above = lines.slice(0, span.line - 1).findLast((line) => line.trim() !== "") ?? "";
  const start = { ...span, endLine: span.line, endColumn: span.column };
  if (/(\)|\belse)\s*$/.test(alone ? above : prefix)) {
    const end = { ...span, line: span.endLine, column: span.endColumn };
    return [
      { ...start, text: `{ ${statement} ` },
      { ...end, text: " }" },
    ];
  }
  return [{ ...start, text: alone ? `${statement}\n${prefix}` : `${statement} ` }];
}
