/** Quick fixes: what the finding itself proposes, and switching it off with a reason. */
import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from "vscode-languageserver-protocol";
import type { StaticFinding } from "../../sim/analysis/index.ts";
import { contains, range } from "./convert.ts";
import { diagnostic, type UriOf } from "./diagnostics.ts";

export function actions(
  findings: readonly StaticFinding[],
  path: string,
  text: string,
  at: Range,
  uriOf: UriOf,
): CodeAction[] {
  return findings
    .filter((f) => f.file === path && contains(range(f), at))
    .flatMap((f) => [...fixes(f, uriOf), suppression(f, text, uriOf)]);
}

function fixes(finding: StaticFinding, uriOf: UriOf): CodeAction[] {
  return finding.fixes
    .filter((fix) => fix.edits.length > 0)
    .map((fix, i) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      isPreferred: i === 0,
      diagnostics: [shown(finding, uriOf)],
      edit: {
        changes: Object.fromEntries(
          fix.edits.map((edit) => [uriOf(edit.file), [{ range: range(edit), newText: edit.text }]]),
        ),
      },
    }));
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
