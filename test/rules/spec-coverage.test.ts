/** docs/spec-coverage.md: every sentence of netdevices.txt has rules, and drivers that fail and pass by them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { coverage, currentPage, expectedPage } from "../../scripts/spec-coverage.mjs";
import { RULES } from "../../sim/rules/catalogue.ts";

const root = join(import.meta.dirname, "../..");
const sentences = coverage().flatMap((section) => section.sentences);

it("is in step (node scripts/spec-coverage.mjs)", () => {
  expect(currentPage()).toBe(expectedPage());
});

describe.each(sentences)("$id", ({ rules, kept }) => {
  it.each(rules)("$id has a driver that fails and one that passes", ({ id, failing, passing }) => {
    expect(RULES.map((rule) => rule.id)).toContain(id);
    expect(failing.length, `no model expects ${id}`).toBeGreaterThan(0);
    for (const path of [...failing, ...passing]) expect(existsSync(join(root, path)), path).toBe(true);
  });

  it.runIf(kept !== undefined)("is kept by the simulated kernel", () => {
    const [file, title] = kept!;
    expect(readFileSync(join(root, file), "utf8")).toContain(title);
  });
});

it("each rule that cites the document stands at a sentence", () => {
  const covered = new Set(sentences.flatMap((s) => s.rules.map((rule) => rule.id)));
  const citing = RULES.filter((rule) => rule.source.includes("netdevices.txt")).map((rule) => rule.id);
  expect(citing.filter((id) => !covered.has(id))).toEqual([]);
});
