/** Violations as SARIF 2.1.0, for code scanning services. */
import { pathToFileURL } from "node:url";
import { RULES } from "../sim/rules/catalogue.ts";
import type { Report, ViolationReport } from "./report.ts";

const LEVEL = { error: "error", warning: "warning", advice: "note" } as const;

export function sarif(reports: readonly Report[]): string {
  const violations = reports.flatMap((report) => report.violations);
  const used = new Set(violations.map((v) => v.rule));
  const rules = RULES.filter((rule) => used.has(rule.id)).map((rule) => ({
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.statement },
    help: { text: rule.fix },
  }));
  const tool = { driver: { name: "Netdev Lab", rules } };
  const run = { tool, results: violations.map(result) };
  return `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function result(v: ViolationReport): object {
  return {
    ruleId: v.rule,
    level: LEVEL[v.severity],
    message: { text: v.message },
    locations: location(v),
    relatedLocations: v.related.flatMap((r) =>
      location(r).map((l) => ({ ...l, message: { text: r.message } })),
    ),
  };
}

function location(place: Pick<ViolationReport, "file" | "line" | "column">): object[] {
  if (!place.file.startsWith("/")) return [];
  const region = { startLine: place.line, startColumn: place.column };
  return [{ physicalLocation: { artifactLocation: { uri: pathToFileURL(place.file).href }, region } }];
}
