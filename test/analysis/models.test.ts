/**
 * Static analysis of the models of test/rules and of the examples: correct ones give silence, wrong ones are found
 * while typing if their rule says that it is detected so.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse, type StaticFinding } from "../../sim/analysis/index.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { ruleById } from "../../sim/rules/catalogue.ts";

const ROOT = join(import.meta.dirname, "../rules");
const EXAMPLES = join(import.meta.dirname, "../../examples");

/** Rules that the analysis sees in simpler drivers than their own. */
const BEYOND: Readonly<Record<string, string>> = {
  "dma-dir": "the handle goes through functions that the driver exchanges",
  "dma-size": "the handle goes through functions that the driver exchanges",
  "dma-func": "the handle goes through functions that the driver exchanges",
  "dma-double-unmap": "the handle goes through functions that the driver exchanges",
  "dma-unmap-order": "the handle goes through functions that the driver exchanges",
  "dma-cpu-access": "the mapping goes through functions that the driver exchanges",
  "mmio-post": "the reset is a function that the driver exchanges",
  "car-serial": "the functions go through a library that the driver fills in",
  "ioctl-ret": "the number comes from a counter",
  "life-priv-early-free": "memory that a variable of the module keeps is not followed",
};

const files = {
  read: (path: string): string | null => (existsSync(path) ? readFileSync(path, "utf8") : null),
};

const ids = (f: StaticFinding): string[] => [f.rule, ...f.alsoRules];
const line = (f: StaticFinding): string =>
  `${f.file.split("/").at(-1)}:${f.line}: ${f.message} [${ids(f).join(", ")}]`;

function judge(model: string): { found: Set<string>; unexpected: string[] } {
  const expected = modelHeader(readFileSync(model, "utf8")).expect;
  const allowed = new Set([...(expected?.rules ?? []), ...(expected?.optional ?? [])]);
  const { findings } = analyse(files, model)!;
  return {
    found: new Set(findings.flatMap(ids)),
    unexpected: findings
      .filter((f) => f.severity !== "advice" && !ids(f).some((id) => allowed.has(id)))
      .map(line),
  };
}

const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, "bad.ts")))
  .map((entry) => entry.name);

describe.each(FOLDERS)("%s", (id) => {
  const good = readdirSync(join(ROOT, id)).filter((name) => /^good(-|\.)/.test(name));

  it.each(good)("is silent on the correct model: %s", (name) => {
    expect(judge(join(ROOT, id, name)).unexpected).toEqual([]);
  });

  it("finds what it can decide in the wrong model, and nothing else", () => {
    const { found, unexpected } = judge(join(ROOT, id, "bad.ts"));
    expect(unexpected).toEqual([]);
    const claimed = ruleById(id)!.detectedBy.includes("static");
    if (id in BEYOND && !found.has(id)) return;
    expect(found.has(id), claimed ? `${id} is not found` : `${id} is found: say so in its detectedBy`).toBe(
      claimed,
    );
  });
});

/** Bugs of a rule that is seen while typing elsewhere, and that show only in a run. */
const MUSEUM_NOT_YET = /^(D2|F1|G8|I1|I2)-/;

describe("the museum", () => {
  const museum = join(EXAMPLES, "museum");
  const bugs = readdirSync(museum).filter((name) => existsSync(join(museum, name, "buggy.ts")));

  it.each(bugs.filter((name) => !MUSEUM_NOT_YET.test(name)))("finds %s while typing", (name) => {
    const path = join(museum, name, "buggy.ts");
    const { rules } = modelHeader(readFileSync(path, "utf8")).expect!;
    const expected = rules.filter((id) => ruleById(id)?.detectedBy.includes("static"));
    expect([...judge(path).found]).toEqual(expect.arrayContaining(expected));
  });
});

describe("examples", () => {
  const models = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
    .map((e) => join(e.parentPath, e.name))
    .filter((path) => path.endsWith(".ts") && /^\s*module_init\(/m.test(readFileSync(path, "utf8")));

  it.each(models)("only what is expected in %s", (path) => {
    expect(judge(path).unexpected).toEqual([]);
  });
});

it("is silent on a whole driver of LabNIC", () => {
  expect(judge(join(import.meta.dirname, "../hardware/models/mini.ts")).unexpected).toEqual([]);
});
