/** Results as JUnit XML: one test case a model, failed if the model is not as it should be. */
import type { Report } from "./report.ts";

export interface JunitCase {
  readonly report: Report;
  /** What is wrong with it; empty: passed. */
  readonly failures: readonly string[];
}

export function junit(cases: readonly JunitCase[]): string {
  const failed = cases.filter((c) => c.failures.length > 0).length;
  const time = cases.reduce((sum, c) => sum + c.report.wallSeconds, 0).toFixed(3);
  const head = `<testsuite name="netdev-lab" tests="${cases.length}" failures="${failed}" time="${time}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${cases.map(testCase).join("")}</testsuite>\n`;
}

function testCase({ report, failures }: JunitCase): string {
  const name = `<testcase name="${escaped(report.model)}" classname="${escaped(report.workload)}" time="${report.wallSeconds.toFixed(3)}"`;
  if (failures.length === 0) return `  ${name}/>\n`;
  const text = failures.map(escaped).join("\n");
  return `  ${name}>\n    <failure message="${escaped(failures[0]!)}">${text}</failure>\n  </testcase>\n`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (c) => entities[c]!);
}
