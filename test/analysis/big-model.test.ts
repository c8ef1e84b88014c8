/** A model of 2,000 lines: each planted mistake is found with its rule, and nothing else. */
import { expect, it } from "vitest";
import { analyse } from "../../sim/analysis/index.ts";
import { bigModel } from "../bench/big-model.ts";

function findings(text: string): string[] {
  const read = (path: string): string | null => (path === "/big.ts" ? text : null);
  const lines = text.split("\n");
  return analyse({ read }, "/big.ts")!.findings.map((f) => {
    const before = lines.slice(0, f.line).reverse().join("\n");
    const part = Number(/^class priv(\d+)/m.exec(before)![1]);
    return `${part} ${[f.rule, ...f.alsoRules].join(" ")}`;
  });
}

it("has about 2,000 lines", () => {
  expect(bigModel(false).text.split("\n").length).toBeGreaterThan(1_900);
});

it("is silent on the correct one", () => {
  expect(findings(bigModel(false).text)).toEqual([]);
});

it("finds what is planted and nothing else", () => {
  const { text, planted } = bigModel(true);
  const found = findings(text);
  expect(found).toHaveLength(planted.length);
  for (const { rule, part } of planted)
    expect(
      found.some((f) => f.startsWith(`${part} `) && f.split(" ").includes(rule)),
      rule,
    ).toBe(true);
});
