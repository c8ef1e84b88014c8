/** The report of a violation in dmesg, in the style of a 2.6 kernel with all debug options on. */
import type { Place, Violation } from "../machine/events.ts";
import type { Rule, RuleMachine } from "./rule.ts";

const KERN_WARNING = 4;
const KERN_ERR = 3;
const KERN_INFO = 6;

/** Prints what the kernel would print, the call trace, and below it the rule and the other half of the story. */
export function printReport(
  machine: RuleMachine,
  rule: Rule,
  violation: Violation,
  kernel: readonly string[],
): void {
  const level =
    violation.severity === "error" ? KERN_ERR : violation.severity === "warning" ? KERN_WARNING : KERN_INFO;
  for (const line of reportLines(rule, violation, kernel)) {
    machine.emit({ type: "printk", level, text: `${line}\n` });
  }
}

export function reportLines(rule: Rule, violation: Violation, kernel: readonly string[]): string[] {
  const lines = [...kernel];
  if (violation.stack.length > 0) {
    lines.push("Call Trace:");
    for (const place of violation.stack) lines.push(traceLine(place));
  }
  const also = violation.alsoRules.length > 0 ? ` (also ${violation.alsoRules.join(", ")})` : "";
  lines.push(`netdev-lab: ${violation.severity}: ${violation.message} [${rule.id}]${also}`);
  for (const related of violation.related) {
    const where = related.place ? ` at ${fileLine(related.place)}` : "";
    lines.push(`netdev-lab:   ${related.message}${where}, CPU ${related.cpu}, tick ${related.tick}`);
  }
  return lines;
}

export function fileLine(place: Place): string {
  return `${place.file.slice(place.file.lastIndexOf("/") + 1)}:${place.line}`;
}

function traceLine(place: Place): string {
  return ` [${fileLine(place)}] ${place.fn}`;
}
