/** What a model says about itself in comments at its top: `// @lab key=value …` and `// @expect rule …`. */

/** One word of an `@lab` line. */
export interface HeaderSetting {
  readonly key: string;
  /** The text behind the equals sign; null for a bare word such as `weak`. */
  readonly value: string | null;
  readonly line: number;
  readonly column: number;
}

/** What must be found in a model. */
export interface Expectation {
  readonly rules: readonly string[];
  /** Written `?rule`: may be found. */
  readonly optional: readonly string[];
  readonly line: number;
}

export interface ModelHeader {
  readonly settings: readonly HeaderSetting[];
  /** Null if the model expects nothing in particular. `// @expect none` gives empty lists. */
  readonly expect: Expectation | null;
}

/** Reads the header of a model; `@lab` and `@expect` lines add up. */
export function modelHeader(source: string): ModelHeader {
  const settings: HeaderSetting[] = [];
  const rules: string[] = [];
  const optional: string[] = [];
  let expectLine = 0;
  for (const { text, line } of commentLines(source)) {
    const match = /^(\s*(?:\/\/|\/\*+|\*)?\s*)@(lab|expect)\b(.*)$/.exec(text);
    if (match === null) continue;
    const [, before, tag, rest] = match as unknown as [string, string, string, string];
    const words = wordsOf(rest.replace(/\*\/.*$/, ""), before.length + tag.length + 1);
    if (tag === "lab") settings.push(...words.map((word) => settingOf(word, line)));
    else {
      expectLine ||= line;
      for (const { text: id } of words) {
        if (id.startsWith("?")) optional.push(id.slice(1));
        else if (id !== "none") rules.push(id);
      }
    }
  }
  return { settings, expect: expectLine > 0 ? { rules, optional, line: expectLine } : null };
}

/** The lines of comments that stand before the first code. */
function* commentLines(source: string): Generator<{ text: string; line: number }> {
  let inBlock = false;
  let line = 0;
  for (const text of source.split("\n")) {
    line++;
    const trimmed = text.trim();
    const starts = trimmed.startsWith("/*");
    if (!inBlock && !starts && !trimmed.startsWith("//") && trimmed !== "" && !trimmed.startsWith("#!"))
      return;
    yield { text, line };
    if (inBlock || starts) inBlock = !trimmed.slice(starts && !inBlock ? 2 : 0).includes("*/");
  }
}

function wordsOf(text: string, offset: number): { text: string; column: number }[] {
  return [...text.matchAll(/\S+/g)].map((m) => ({ text: m[0], column: offset + m.index + 1 }));
}

function settingOf(word: { text: string; column: number }, line: number): HeaderSetting {
  const equals = word.text.indexOf("=");
  const key = equals < 0 ? word.text : word.text.slice(0, equals);
  return { key, value: equals < 0 ? null : word.text.slice(equals + 1), line, column: word.column };
}
