/**
 * The museum of real driver bugs, and the other examples: each model runs once, as its header says. A buggy driver must
 * be found out, by the rule that its header names; a mended one must be silent.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { settle } from "../../cli/settings.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { runModel } from "../support/lab.ts";
import { judgeRun } from "./judge.ts";
import { NEEDS_EXPLORATION } from "./needs-exploration.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");
const MUSEUM = join(EXAMPLES, "museum");

function modelsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return modelsIn(path);
    return entry.name.endsWith(".ts") && /^\s*module_init\(/m.test(readFileSync(path, "utf8")) ? [path] : [];
  });
}

/** What exhibits share, and drivers in which there is nothing to find, however much they look like a mistake. */
const NO_EXHIBITS = new Set(["base", "silent", "workloads"]);

const exhibits = readdirSync(MUSEUM, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !NO_EXHIBITS.has(entry.name))
  .map((entry) => entry.name);

describe("the museum", () => {
  it.each(exhibits)("%s has a buggy and a mended driver, or says that both are correct", (exhibit) => {
    for (const name of ["buggy.ts", "fixed.ts"]) {
      const path = join(MUSEUM, exhibit, name);
      expect(existsSync(path), path).toBe(true);
      const { expect: expected } = modelHeader(readFileSync(path, "utf8"));
      expect(expected, `${path} says what must be found`).not.toBeNull();
      if (name === "fixed.ts") expect(expected?.rules).toEqual([]);
    }
  });

  it.each(readdirSync(join(MUSEUM, "silent")))("expects silence of silent/%s", (name) => {
    expect(modelHeader(readFileSync(join(MUSEUM, "silent", name), "utf8")).expect?.rules).toEqual([]);
  });

  it("has an entry for each model that one run does not find out", () => {
    for (const model of NEEDS_EXPLORATION) expect(existsSync(join(MUSEUM, model)), model).toBe(true);
  });
});

describe("one run", () => {
  it.each(modelsIn(EXAMPLES).map((model) => relative(EXAMPLES, model)))(
    "of %s",
    (name) => {
      const model = join(EXAMPLES, name);
      const header = modelHeader(readFileSync(model, "utf8"));
      const { config, workload } = settle(model, header.settings, new Map(), EXAMPLES);
      const { lab } = runModel({ model, workload, config });
      const judged = judgeRun(lab.rules.violations, header.expect);
      const explored = name.startsWith("threads/") || NEEDS_EXPLORATION.has(relative(MUSEUM, model));
      expect(judged.unexpected).toEqual([]);
      if (!explored) expect(judged.missing).toEqual([]);
    },
    120_000,
  ); // a run that never ends goes to the limit of statements
});
