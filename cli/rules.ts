/** `netdev-lab rules [ID]` */

import { didYouMean } from "../sim/lab/nearest.ts";
import { RULES } from "../sim/rules/catalogue.ts";
import { FAMILIES, type Rule } from "../sim/rules/rule.ts";
import type { Arguments } from "./arguments.ts";
import { type Paint, paintFor } from "./text.ts";
import { EXIT, UserError } from "./user-error.ts";

export function rules({ positionals, given }: Arguments): number {
  const [id, ...more] = positionals;
  if (more.length > 0) throw new UserError("rules takes one rule id, or none for the whole catalogue");
  const paint = paintFor(process.stdout);
  if (id === undefined) {
    process.stdout.write(given.has("json") ? json(RULES) : catalogue(paint));
    return EXIT.clean;
  }
  const rule = RULES.find((r) => r.id === id);
  if (rule === undefined)
    throw new UserError(
      `there is no rule "${id}"${didYouMean(
        id,
        RULES.map((r) => r.id),
      )}`,
    );
  process.stdout.write(given.has("json") ? json(rule) : page(rule, paint));
  return EXIT.clean;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, (key, v) => (key === "listen" ? undefined : v), 2)}\n`;
}

function catalogue(paint: Paint): string {
  const width = Math.max(...RULES.map((r) => r.id.length));
  const lines: string[] = [];
  for (const [family, title] of Object.entries(FAMILIES)) {
    const members = RULES.filter((r) => r.family === family);
    if (members.length === 0) continue;
    lines.push(paint("bold", title));
    for (const r of members) lines.push(`  ${r.id.padEnd(width)}  ${r.severity.padEnd(7)}  ${r.title}`);
    lines.push("");
  }
  lines.push(`${RULES.length} rules; \`netdev-lab rules ID\` shows one`);
  return `${lines.join("\n")}\n`;
}

function page(rule: Rule, paint: Paint): string {
  const indent = (text: string): string => text.trimEnd().replace(/^/gm, "    ");
  const lines = [
    `${paint("bold", rule.id)} (${rule.severity}): ${rule.title}`,
    "",
    rule.statement,
    "",
    `Broken when: ${rule.condition}`,
    `Seen by: ${rule.detectedBy.join(", ")}`,
    `Source: ${rule.source}`,
    ...(rule.kernelMessage === null ? [] : [`The kernel says: ${rule.kernelMessage}`]),
    ...(rule.specialises?.length ? [`A special case of: ${rule.specialises.join(", ")}`] : []),
    "",
    "Wrong:",
    indent(rule.wrong),
    "",
    "Right:",
    indent(rule.right),
    "",
    `How to mend it: ${rule.fix}`,
  ];
  return `${lines.join("\n")}\n`;
}
