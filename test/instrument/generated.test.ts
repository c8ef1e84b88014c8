import { expect, test } from "vitest";
import { generateProgram } from "./generator.ts";
import { checkSeed, evaluatePlain } from "./harness/generated.ts";
import { runPlain } from "./harness/outcome.ts";

/** `node scripts/soak-instrument.mjs` runs thousands; a seed that failed once belongs here. */
const SEEDS = Array.from({ length: 300 }, (_, i) => i + 1);

test("the same seed gives the same program", () => {
  expect(generateProgram(7)).toBe(generateProgram(7));
  expect(generateProgram(7)).not.toBe(generateProgram(8));
});

test("programs do something before they end", () => {
  const logs = SEEDS.slice(0, 60).map((seed) => runPlain(evaluatePlain(generateProgram(seed))).log.length);
  const lively = logs.filter((lines) => lines > 5);
  expect(lively.length).toBeGreaterThan(logs.length / 2);
});

test.each([0, 1, 2, 3, 4, 5])(
  "300 random programs run alike plain and instrumented (part %i of 6)",
  (part) => {
    const failed = SEEDS.slice(part * 50, part * 50 + 50).flatMap((seed) => {
      const difference = checkSeed(seed);
      return difference === null ? [] : [`seed ${seed}: ${difference}`];
    });
    expect(failed).toEqual([]);
  },
);
