/**
 * Each rule has a little driver that breaks it, bad.ts, and one that keeps it, good.ts, in a folder of the rule's name;
 * rules that can be broken in several ways have bad-*.ts and good-*.ts, too. Headers say how they run and what must be found.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { settle } from "../../cli/settings.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import type { Violation } from "../../sim/machine/events.ts";
import { ruleById } from "../../sim/rules/catalogue.ts";
import { runModel } from "../support/lab.ts";

const ROOT = import.meta.dirname;
const FOLDERS = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "lib")
  .map((entry) => entry.name);

interface Judged {
  readonly model: string;
  readonly expected: readonly string[];
  readonly optional: readonly string[];
  readonly found: readonly Violation[];
}

function run(model: string, more: { cpus?: number; seed?: number } = {}): Judged {
  const { settings, expect: expectation } = modelHeader(readFileSync(model, "utf8"));
  const { config, workload } = settle(model, settings, new Map(), ROOT);
  const { lab } = runModel({ model, workload, config: { ...config, ...more } });
  return {
    model,
    expected: expectation?.rules ?? [],
    optional: expectation?.optional ?? [],
    found: lab.rules.violations,
  };
}

const line = (v: Violation): string =>
  `${v.place?.file.split("/").at(-1)}:${v.place?.line}: ${v.message} [${[v.rule, ...v.alsoRules].join(", ")}]`;

/** Errors and warnings that the header does not speak of. */
function unexpected({ found, expected, optional }: Judged): string[] {
  const allowed = new Set([...expected, ...optional]);
  return found.filter((v) => ![v.rule, ...v.alsoRules].some((id) => allowed.has(id))).map(line);
}

/** Expected rules that nobody reported. */
function missing({ found, expected }: Judged): string[] {
  const ids = new Set(found.flatMap((v) => [v.rule, ...v.alsoRules]));
  return expected.filter((id) => !ids.has(id));
}

describe.each(FOLDERS)("%s", (id) => {
  const models = readdirSync(join(ROOT, id)).filter((name) => name.endsWith(".ts"));
  const bad = models.filter((name) => /^bad(-|\.)/.test(name));
  const good = models.filter((name) => /^good(-|\.)/.test(name));

  it("is a rule of the catalogue, with both models", () => {
    expect(ruleById(id)).toBeDefined();
    expect(models).toContain("bad.ts");
    expect(models).toContain("good.ts");
    for (const name of bad)
      expect(modelHeader(readFileSync(join(ROOT, id, name), "utf8")).expect?.rules).toContain(id);
  });

  it.each(bad)("is found in the driver that breaks it: %s", (name) => {
    const judged = run(join(ROOT, id, name));
    expect({ missing: missing(judged), unexpected: unexpected(judged) }).toEqual({
      missing: [],
      unexpected: [],
    });
  });

  it.each(
    good.flatMap((name) => [
      { name, cpus: 2, seed: 1 },
      { name, cpus: 4, seed: 2 },
    ]),
  )("is silent about the driver that keeps it: $name ($cpus CPUs, seed $seed)", ({ name, ...more }) => {
    expect(run(join(ROOT, id, name), more).found.map(line)).toEqual([]);
  });
});
