/** Results as JUnit XML: one test case a model, failed if the model is not as it should be. */
import type { Report } from "./report.ts";

export interface JunitCase {
  readonly report: Report;
  /** What is wrong with it; empty: passed. */
  readonly failures: readonly string[];
}

export interface JunitError {
  readonly model: string;
  readonly problem: string;
}

/** @param rejected models that could not be judged: JUnit's errors */
export function junit(cases: readonly JunitCase[], rejected: readonly JunitError[] = []): string {
  const failed = cases.filter((c) => c.failures.length > 0).length;
  const time = cases.reduce((sum, c) => sum + c.report.wallSeconds, 0).toFixed(3);
  const counts = `tests="${cases.length + rejected.length}" failures="${failed}" errors="${rejected.length}"`;
  const body = [...cases.map(testCase), ...rejected.map(errorCase)].join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="netdev-lab" ${counts} time="${time}">\n${body}</testsuite>\n`;
}

function errorCase({ model, problem }: JunitError): string {
  return `  <testcase name="${escaped(model)}" classname="netdev-lab">\n    <error message="${escaped(problem)}"/>\n  </testcase>\n`;
}

function testCase({ report, failures }: JunitCase): string {
  const name = `<testcase name="${escaped(report.model)}" classname="${escaped(report.workload)}" time="${report.wallSeconds.toFixed(3)}"`;
  if (failures.length === 0) return `  ${name}/>\n`;
  const text = failures.map(escaped).join("\n");
  return `  ${name}>\n    <failure message="${escaped(failures[0]!)}">${text}</failure>\n  </testcase>\n`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  // a line break in an attribute would be read as a blank; control characters are no XML at all
  return text
    .replace(/[&<>"]/g, (c) => entities[c]!)
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("\n", "&#10;");
}
