/** Violations as SARIF 2.1.0, for code scanning services. */
import { isAbsolute, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { RULES } from "../sim/rules/catalogue.ts";
import type { JunitError } from "./junit.ts";
import type { Report, ViolationReport } from "./report.ts";

const LEVEL = { error: "error", warning: "warning", advice: "note" } as const;
/** What relative paths in the log are relative to: the folder in which the program was started. */
const BASE = "%SRCROOT%";

/** @param rejected models that could not be judged: notifications of the run */
export function sarif(reports: readonly Report[], rejected: readonly JunitError[] = []): string {
  const violations = reports.flatMap((report) => report.violations);
  const used = new Set(violations.map((v) => v.rule));
  const rules = RULES.filter((rule) => used.has(rule.id)).map((rule) => ({
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.statement },
    help: { text: rule.fix },
    defaultConfiguration: { level: LEVEL[rule.severity] },
  }));
  const run = {
    tool: { driver: { name: "Netdev Lab", rules } },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [BASE]: { uri: pathToFileURL(`${process.cwd()}/`).href } },
    invocations: [
      {
        executionSuccessful: rejected.length === 0,
        toolExecutionNotifications: rejected.map(({ problem }) => ({
          level: "error",
          message: { text: problem },
        })),
      },
    ],
    results: violations.map(result),
  };
  return `${JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function result(v: ViolationReport): object {
  return {
    ruleId: v.rule,
    level: LEVEL[v.severity],
    message: { text: v.message },
    locations: location(v),
    relatedLocations: related(v),
    properties: { alsoRules: v.alsoRules, context: v.context, cpu: v.cpu },
  };
}

function related(v: ViolationReport): object[] {
  return v.related.flatMap((r) => location(r).map((l) => ({ ...l, message: { text: r.message } })));
}

function location(place: Pick<ViolationReport, "file" | "line" | "column">): object[] {
  // places in the simulated kernel are no files
  if (!place.file.startsWith("/")) return [];
  const region = { startLine: place.line, startColumn: place.column };
  return [{ physicalLocation: { artifactLocation: artifact(place.file), region } }];
}

function artifact(file: string): object {
  const path = relative(process.cwd(), file);
  if (path.startsWith("..") || isAbsolute(path)) return { uri: pathToFileURL(file).href };
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: BASE };
}
