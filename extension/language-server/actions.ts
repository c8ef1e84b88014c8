/** Quick fixes: what the finding itself proposes, and switching it off with a reason. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextEdit,
} from "vscode-languageserver-protocol";
import type { Fix, StaticFinding } from "../../sim/analysis/index.ts";
import { contains, range } from "./convert.ts";
import { diagnostic, type UriOf } from "./diagnostics.ts";
import { imports } from "./imports.ts";

export function actions(
  findings: readonly StaticFinding[],
  path: string,
  text: string,
  at: Range,
  uriOf: UriOf,
): CodeAction[] {
  return findings
    .filter((f) => f.file === path && contains(range(f), at))
    .flatMap((f) => [...fixes(f, path, text, uriOf), suppression(f, text, uriOf)]);
}

function fixes(finding: StaticFinding, path: string, text: string, uriOf: UriOf): CodeAction[] {
  return finding.fixes
    .filter((fix) => fix.edits.length > 0)
    .map((fix, i) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      isPreferred: i === 0,
      diagnostics: [shown(finding, uriOf)],
      edit: { changes: changes(fix, path, text, uriOf) },
    }));
}

/** The edits by file; in the file at hand, names that they bring in are imported. */
function changes(fix: Fix, path: string, text: string, uriOf: UriOf): Record<string, TextEdit[]> {
  const found: Record<string, TextEdit[]> = {};
  for (const edit of fix.edits)
    (found[uriOf(edit.file)] ??= []).push({ range: range(edit), newText: edit.text });
  const own = fix.edits.filter((edit) => edit.file === path).map((edit) => edit.text);
  found[uriOf(path)]?.push(...imports(text, own));
  return found;
}

function suppression(finding: StaticFinding, text: string, uriOf: UriOf): CodeAction {
  const line = text.split("\n")[finding.line - 1] ?? "";
  const indent = /^\s*/.exec(line)![0];
  const start = { line: finding.line - 1, character: 0 };
  const newText = `${indent}// netdev-lab-ignore ${finding.rule}: reason\n`;
  return {
    title: `Ignore ${finding.rule} here, with a reason`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown(finding, uriOf)],
    edit: { changes: { [uriOf(finding.file)]: [{ range: { start, end: start }, newText }] } },
  };
}

const shown = (finding: StaticFinding, uriOf: UriOf): Diagnostic => diagnostic(finding, uriOf, null);
