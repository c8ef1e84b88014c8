/** `// netdev-lab-ignore RULE: reason`, at the end of the line or on the line before. */

const COMMENT = /\/[/*]\s*netdev-lab-ignore\s+([a-z][a-z0-9, -]*[a-z0-9])\s*:\s*\S/;

/** Is a finding of one of these rules switched off at this line? A reason must be given. */
export function suppressed(text: string, line: number, rules: readonly string[]): boolean {
  const lines = text.split("\n");
  const own = named(lines[line - 1]);
  const before = lines[line - 2]?.trim().startsWith("//") ? named(lines[line - 2]) : [];
  return rules.some((rule) => own.includes(rule) || before.includes(rule));
}

function named(line: string | undefined): string[] {
  const match = COMMENT.exec(line ?? "");
  return match ? match[1]!.split(/[\s,]+/).filter((word) => word !== "") : [];
}
