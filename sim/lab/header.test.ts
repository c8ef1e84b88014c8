import { expect, test } from "vitest";
import { modelHeader } from "./header.ts";

const settings = (source: string) =>
  modelHeader(source).settings.map((s) => (s.value === null ? s.key : `${s.key}=${s.value}`));

test("@lab lines add up, words stand in order", () => {
  const source =
    "// @lab workload=updown cpus=2\n// about the driver\n// @lab weak fault=skb:nth:3\nimport {} from 'x'";
  expect(settings(source)).toEqual(["workload=updown", "cpus=2", "weak", "fault=skb:nth:3"]);
});

test("only comments before the first code count", () => {
  expect(settings("const a = 1;\n// @lab cpus=4\n")).toEqual([]);
  expect(settings("/*\n * @lab cpus=3\n */\n// @lab seed=2\nlet b;\n")).toEqual(["cpus=3", "seed=2"]);
  expect(settings("/* @lab cpus=3 */\n// @lab seed=2\n")).toEqual(["cpus=3", "seed=2"]);
});

test("a place points at the word", () => {
  const [first, second] = modelHeader("// @lab cpus=2 wat=1").settings;
  expect([first?.line, first?.column]).toEqual([1, 9]);
  expect("// @lab cpus=2 wat=1".slice(second!.column - 1)).toBe("wat=1");
});

test("@expect names rules, optional ones with a question mark", () => {
  expect(modelHeader("// @expect skb-uaf lock-order ?oops\n").expect).toEqual({
    rules: ["skb-uaf", "lock-order"],
    optional: ["oops"],
    line: 1,
  });
  expect(modelHeader("// @expect none\n").expect).toEqual({ rules: [], optional: [], line: 1 });
  expect(modelHeader("// nothing\n").expect).toBeNull();
});
