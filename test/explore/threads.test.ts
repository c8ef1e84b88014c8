/** The default strategy finds the bugs of examples/threads; what any strategy draws replays to the bit. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { Runner } from "../../sim/explore/runner.ts";
import { makeSearcher, type StrategyName } from "../../sim/explore/searchers.ts";
import { shrink } from "../../sim/explore/shrink.ts";
import { DEFAULT_CONFIG } from "../../sim/lab/config.ts";
import { modelHeader } from "../../sim/lab/header.ts";
import { violationReport } from "../../sim/lab/result.ts";
import { Replay } from "../../sim/machine/schedule.ts";
import { makeLab } from "../support/lab.ts";

const folder = "examples/threads";
const config = { ...DEFAULT_CONFIG, nic: "none" };

function runnerFor(file: string): Runner {
  return new Runner(makeLab({ model: `${folder}/${file}`, workload: "threads", config }).program, config);
}

describe("auto", () => {
  test.each(readdirSync(folder))("finds what %s expects", (file) => {
    const runner = runnerFor(file);
    const { expect: expected } = modelHeader(readFileSync(`${folder}/${file}`, "utf8"));
    const searcher = makeSearcher("auto", { seed: 1 });
    const missing = new Set(expected!.rules);
    let runs = 0;
    while (missing.size > 0 && runs < 300)
      for (const { rule, alsoRules } of runner.search(searcher, runs++)!.violations)
        for (const id of [rule, ...alsoRules]) missing.delete(id);
    expect([...missing]).toEqual([]);
  });
});

test.each([
  "random",
  "pct",
  "racy-pct",
  "pos",
  "urw",
  "surw",
  "dfs",
  "delay",
  "dpor",
] satisfies StrategyName[])("what %s draws replays to the bit", (strategy) => {
  const runner = runnerFor("wronglock.ts");
  const searcher = makeSearcher(strategy, { seed: 3, preemptions: 2 });
  for (let run = 0; run < 6; run++) {
    const drawn = runner.search(searcher, run)!;
    const again = runner.play(new Replay(drawn.decisions));
    expect([again.reason, again.hash]).toEqual([drawn.reason, drawn.hash]);
  }
});

test("a finding is shrunk to few decisions and stays at its place", () => {
  const runner = runnerFor("reorder.ts");
  const searcher = makeSearcher("random", { seed: 5 });
  const model = resolve(folder, "reorder.ts");
  for (let run = 0; run < 500; run++) {
    const { violations, decisions } = runner.search(searcher, run)!;
    const [found] = violations;
    if (found === undefined) continue;
    const small = shrink(runner, decisions, violationReport(found, model), model, () => true)!;
    expect(small.violation.place).toEqual(found.place);
    expect(small.outcome.decisions.length).toBeLessThan(15);
    return;
  }
  expect.fail("random search finds nothing");
});

test("balance is found with two preemptions and not with one, as CHESS reports of the program of that shape", () => {
  const runner = runnerFor("balance.ts");
  const findsWith = (preemptions: number): boolean => {
    const searcher = makeSearcher("dfs", { seed: 1, preemptions });
    for (let run = 0; ; run++) {
      const outcome = runner.search(searcher, run);
      if (outcome === null) return false;
      if (outcome.violations.some(({ rule }) => rule === "oops")) return true;
    }
  };
  expect([0, 1, 2].map(findsWith)).toEqual([false, false, true]);
});
