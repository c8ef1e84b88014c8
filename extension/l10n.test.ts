/** All texts go through the translation, and the German one, which proves it, is complete. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contributes } from "./contributions.ts";
import { fill, t, useTranslation } from "./l10n.ts";
import { localised } from "./nls.ts";
import { cpusAndLocks } from "./views/cpusAndLocks.ts";

const ROOT = new URL("..", import.meta.url);
const read = (path: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(path, ROOT), "utf8")) as Record<string, string>;

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => readFileSync(join(import.meta.dirname, path), "utf8"));

/** Every literal that is given to `t`. */
const used = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/(?<![\w.])t\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g)].map((match) =>
      literal(match[1]!),
    ),
  ),
);

function literal(quoted: string): string {
  if (quoted.startsWith('"')) return JSON.parse(quoted) as string;
  return quoted.slice(1, -1).replaceAll("\\'", "'");
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{\d\}/g)].map(([hole]) => hole).sort();

test("the bundle has each text of the code, and no other", () => {
  expect(used.size).toBeGreaterThan(80);
  const german = read("l10n/bundle.l10n.de.json");
  expect(Object.keys(german).sort()).toEqual([...used].sort());
  for (const [english, text] of Object.entries(german))
    expect(placeholders(text), english).toEqual(placeholders(english));
});

test("no text is put together where the translation cannot see it", () => {
  const hidden = sources.flatMap((text) => [
    ...text.matchAll(/(?<![\w.])t\(\s*(?!["'])[^)\s][^)]{0,40}/g),
    ...text.matchAll(/show(?:Error|Information|Warning)Message\(\s*["'`].{0,40}/g),
    ...text.matchAll(/(?:placeHolder|prompt|openLabel): ["'`].{0,40}/g),
  ]);
  expect(hidden.map(([text]) => text)).toEqual(["t(text: string, ...values: Value[]"]);
});

test("package.json's texts are in package.nls.json, and in German", () => {
  const { texts } = localised(contributes);
  if (process.env.UPDATE_MANIFEST)
    writeFileSync(new URL("package.nls.json", ROOT), `${JSON.stringify(texts, null, 2)}\n`);
  expect(read("package.nls.json")).toEqual(texts);
  const german = read("package.nls.de.json");
  expect(Object.keys(german).sort()).toEqual(Object.keys(texts).sort());
  for (const [key, text] of Object.entries(german)) {
    expect(text, key).not.toBe("");
    const commands = (of: string): string[] => [...of.matchAll(/\(command:[^)]*\)/g)].map(([link]) => link);
    expect(commands(text), key).toEqual(commands(texts[key]!));
  }
});

test("a view speaks the language of the editor", () => {
  const german = read("l10n/bundle.l10n.de.json");
  useTranslation((text, ...values) => fill(german[text] ?? text, ...values));
  try {
    const wait = {
      task: "a",
      cpu: 0,
      on: "&priv->lock",
      sinceNs: 0,
      place: null,
      holder: "b",
      holderCpu: 1,
      takenAt: null,
    };
    const state = { executingCpu: 0, cpus: [], tasks: [], waits: [wait], deadlocks: [] };
    const [group] = cpusAndLocks(state as never);
    expect(group).toMatchObject({
      label: "Wer auf wen wartet",
      children: [{ description: "gehört b (CPU 1)" }],
    });
  } finally {
    useTranslation(fill);
  }
  expect(t("held by {0} (CPU {1})", "b", 1)).toBe("held by b (CPU 1)");
});
