/** Findings as diagnostics, each with the way that leads there and a link to its rule's page. */
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver-protocol";
import type { StaticFinding } from "../../sim/analysis/index.ts";
import { range } from "./convert.ts";

/** The URI of a path, as the editor writes it. */
export type UriOf = (path: string) => string;

const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  advice: DiagnosticSeverity.Hint,
} as const;

export function diagnostic(finding: StaticFinding, uriOf: UriOf, rulePages: string | null): Diagnostic {
  return {
    range: range(finding),
    severity: SEVERITY[finding.severity],
    source: "Netdev Lab",
    code: finding.rule,
    ...(rulePages === null ? {} : { codeDescription: { href: `${rulePages}/${finding.rule}.md` } }),
    message: finding.message,
    relatedInformation: finding.related.map((r) => ({
      location: { uri: uriOf(r.file), range: range(r) },
      message: r.message,
    })),
  };
}
