/** The catalogue is complete, consistent, and in step with its pages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rulePages } from "../../scripts/rules-docs/pages.mjs";
import { RULES } from "../../sim/rules/catalogue.ts";
import { FAMILIES } from "../../sim/rules/rule.ts";

const ROOT = join(import.meta.dirname, "../..");
const SOURCE = join(ROOT, "sim/rules");
const PAGES = join(ROOT, "docs/rules");

describe("the rule catalogue", () => {
  it("lists each rule file once", () => {
    const files = Object.keys(FAMILIES).flatMap((family) =>
      readdirSync(join(SOURCE, family))
        .filter((file) => /\bid: "/.test(readFileSync(join(SOURCE, family, file), "utf8")))
        .map((file) => `${family}/${file.replace(/\.ts$/, "")}`),
    );
    expect(RULES.map((rule) => `${rule.family}/${rule.id}`).sort()).toEqual(files.sort());
  });

  it("names each rule once", () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))("says all there is to say about %s", (_id, rule) => {
    for (const text of [
      rule.title,
      rule.statement,
      rule.condition,
      rule.source,
      rule.wrong,
      rule.right,
      rule.fix,
    ]) {
      expect(text.length).toBeGreaterThan(3);
    }
    expect(rule.wrong).not.toBe(rule.right);
    expect(rule.detectedBy.length).toBeGreaterThan(0);
    expect(rule.specialises ?? []).not.toContain(rule.id);
  });

  it("specialises without cycles", () => {
    const general = new Map(RULES.map((rule) => [rule.id, rule.specialises ?? []]));
    const reaches = (from: string, to: string): boolean =>
      (general.get(from) ?? []).some((next) => next === to || reaches(next, to));
    for (const rule of RULES) expect(reaches(rule.id, rule.id), rule.id).toBe(false);
  });
});

describe("docs/rules", () => {
  const pages = rulePages(RULES, FAMILIES);

  it("has a page for each rule and no others", () => {
    expect(readdirSync(PAGES).sort()).toEqual([...pages.keys()].sort());
  });

  it.each([...pages])(
    "is in step with the catalogue: %s (else run node scripts/rules-docs.mjs)",
    (file, text) => {
      expect(readFileSync(join(PAGES, file), "utf8")).toBe(text);
    },
  );
});
