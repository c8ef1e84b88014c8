import { describe, expect, it } from "vitest";
import { parseHitCondition } from "./hitCondition.ts";

const hits = (text: string) => [1, 2, 3, 4, 5, 6].filter(parseHitCondition(text));

describe("hit conditions", () => {
  it.each<[string, number[]]>([
    ["3", [3]],
    ["=3", [3]],
    ["== 3", [3]],
    ["===3", [3]],
    ["> 4", [5, 6]],
    [">=4", [4, 5, 6]],
    ["<3", [1, 2]],
    ["<= 3", [1, 2, 3]],
    ["%2", [2, 4, 6]],
    [" % 3 ", [3, 6]],
  ])("%j stops at %j", (text, expected) => expect(hits(text)).toEqual(expected));

  it.each(["", "three", "3.5", "-1", "=>3", "% 0", "3 4", "!= 3"])("refuses %j", (text) =>
    expect(() => parseHitCondition(text)).toThrow(/hit condition/),
  );
});
