import { generateProgram } from "../generator.ts";
import { eraseTypes } from "./erase.ts";
import { firstDifference, runEveryWay } from "./modes.ts";
import { type Main, runPlain } from "./outcome.ts";

/** Loads a program without imports, natively. */
export function evaluatePlain(source: string): Main {
  const code = eraseTypes(source)
    .replace(/^export \{[^}]*\};?$/gm, "")
    .replace(/^export /gm, "");
  return new Function(`"use strict";${code}\nreturn main;`)() as Main;
}

/** Checks the program of one seed; null if all ways of running it agree. */
export function checkSeed(seed: number): string | null {
  const source = generateProgram(seed);
  try {
    const plain = runPlain((log) => evaluatePlain(source)(log));
    const runs = runEveryWay([{ name: `seed-${seed}.ts`, source }], { quick: seed % 8 !== 0, seeds: [seed] });
    return firstDifference(plain, runs);
  } catch (error) {
    return `the harness failed: ${(error as Error).stack}`;
  }
}
