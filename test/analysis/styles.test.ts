/**
 * Correct models in many styles give silence; each mistake that they name is found, and nothing else.
 *
 * A comment `// wrong RULE,…: text` stands for a mutation: `text` takes the place of the next line (nothing: the line is
 * left out) if that makes the mistake, and all rules named must be found; `?RULE` may be.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse, type StaticFinding } from "../../sim/analysis/index.ts";

const FOLDER = join(import.meta.dirname, "styles");
const WRONG = /^\s*\/\/ wrong(\+?) ([a-z?,-]+):(.*)$/;

const names = (f: StaticFinding): string[] => [f.rule, ...f.alsoRules];

function found(path: string, text: string): StaticFinding[] {
  const read = (file: string): string | null => {
    if (file === path) return text;
    try {
      return readFileSync(file, "utf8");
    } catch {
      return null;
    }
  };
  return analyse({ read }, path)!.findings.filter((f) => f.severity !== "advice");
}

const told = (f: StaticFinding): string => `${f.line}: ${f.message} [${names(f).join(", ")}]`;

/** The model with one of its mistakes: `wrong+` adds its text before the next line, `wrong` puts it in that line's place. */
function mutate(lines: readonly string[], at: number, add: boolean, text: string): string {
  let next = at + 1;
  while (WRONG.test(lines[next] ?? "")) next++;
  return [...lines.slice(0, at), text, ...lines.slice(add ? next : next + 1)].join("\n");
}

describe.each(readdirSync(FOLDER).filter((file) => file.endsWith(".ts")))("%s", (file) => {
  const path = join(FOLDER, file);
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n");

  it("is correct and gives silence", () => {
    expect(found(path, text).map(told)).toEqual([]);
  });

  const mistakes = lines.flatMap((line, i) => {
    const match = WRONG.exec(line);
    return match ? [[i + 1, match[2]!, match[1] === "+", match[3]!.trim()] as const] : [];
  });

  it.each(mistakes)("line %i: finds %s", (line, rules, add, mutation) => {
    const all = rules.split(",");
    const wanted = all.filter((id) => !id.startsWith("?"));
    const allowed = all.map((id) => id.replace("?", ""));
    const findings = found(path, mutate(lines, line - 1, add, mutation));
    expect(findings.flatMap(names)).toEqual(expect.arrayContaining(wanted));
    expect(findings.filter((f) => !names(f).some((id) => allowed.includes(id))).map(told)).toEqual([]);
  });
});
