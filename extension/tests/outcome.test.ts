import { expect, test } from "vitest";
import { expected, type FoundViolation, type Outcome, readOutcome, verdict } from "./outcome.ts";

const violation = (rule: string, severity: FoundViolation["severity"] = "error"): FoundViolation => ({
  rule,
  severity,
  message: "m",
  file: "/d.ts",
  line: 1,
  column: 1,
  cpu: 0,
  context: "process",
  related: [],
  schedule: null,
});
const outcome = (...violations: FoundViolation[]): Outcome => ({
  ticks: 1,
  runs: 1,
  historyHash: "0",
  violations,
});

test("without @expect errors fail, and warnings do not", () => {
  const { failed, missing } = verdict(
    outcome(violation("lock-leak"), violation("x", "warning")),
    "// a model",
  );
  expect(failed.map(({ rule }) => rule)).toEqual(["lock-leak"]);
  expect(missing).toEqual([]);
});

test("with @expect the named rules must be found, and others must not", () => {
  const text = "// @lab cpus=2\n// @expect lock-order ?deadlock\n// @expect skb-uaf\n";
  expect(expected(text)).toEqual({ rules: ["lock-order", "skb-uaf"], optional: ["deadlock"] });
  const { failed, missing } = verdict(
    outcome(violation("lock-order"), violation("deadlock"), violation("oops")),
    text,
  );
  expect(failed.map(({ rule }) => rule)).toEqual(["oops"]);
  expect(missing).toEqual(["skb-uaf"]);
});

test("@expect none wants silence", () => {
  expect(expected("// @expect none")).toEqual({ rules: [], optional: [] });
  expect(verdict(outcome(violation("oops")), "/* @expect none */").failed).toHaveLength(1);
});

test("output that is no result says so", () => {
  expect(() => readOutcome("{}")).toThrow(/no result/);
  expect(readOutcome(JSON.stringify(outcome())).violations).toEqual([]);
});
