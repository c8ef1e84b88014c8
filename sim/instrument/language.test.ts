import { describe, expect, it } from "vitest";
import { runInstrumented, runPlain, VARIANTS } from "./testing/differential.ts";
import { PROGRAMS } from "./testing/programs.ts";

/** The proof of the rewriting: the same program, plain and instrumented, gives the same result. */
describe.each(Object.entries(PROGRAMS))("%s", (_name, source) => {
  const plain = runPlain(source);
  it.each(VARIANTS)("gives the same result with $options, pausing: $pausing", (variant) => {
    expect(runInstrumented(source, variant)).toEqual(plain);
  });
});
