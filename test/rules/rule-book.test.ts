/** Each rule of the book is in the catalogue, and each that a run can see has a driver that breaks it and one that keeps it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RULES, ruleById } from "../../sim/rules/catalogue.ts";
import { RULE_BOOK } from "./rule-book.ts";

const DETECTIONS = ["static", "run", "explore"];
const seenByRun = Object.entries(RULE_BOOK).filter(([, marks]) => /[RX]/.test(marks));

describe("the rule book", () => {
  it("is in the catalogue, rule by rule", () => {
    expect(Object.keys(RULE_BOOK).filter((id) => ruleById(id) === undefined)).toEqual([]);
  });

  it("tells of each rule by what it is detected, each once", () => {
    const wrong = RULES.filter(({ detectedBy: by }) => {
      const known = by.every((how) => DETECTIONS.includes(how));
      return by.length === 0 || !known || new Set(by).size !== by.length;
    });
    expect(wrong.map((rule) => rule.id)).toEqual([]);
  });

  it("leaves no rule of a run to static analysis alone", () => {
    const alone = seenByRun.filter(([id]) => ruleById(id)?.detectedBy.every((how) => how === "static"));
    expect(alone.map(([id]) => id)).toEqual([]);
  });

  it("has two drivers for each rule that a run can see", () => {
    const missing = seenByRun.flatMap(([id]) =>
      ["bad.ts", "good.ts"]
        .map((file) => join(id, file))
        .filter((file) => !existsSync(join(import.meta.dirname, file))),
    );
    expect(missing).toEqual([]);
  });
});
