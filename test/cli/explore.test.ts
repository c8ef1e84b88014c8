/** `explore`, `replay` and `merge` as a user meets them. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCli, Folder, netdevLab } from "./netdev-lab.ts";

const folder = new Folder();
beforeAll(buildCli);
afterAll(() => folder.remove());

const MODEL = `// @lab workload=threads nic=none
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
const pair = { a: 0, b: 0 };
function setter(): number {
  pair.a = 1;
  pair.b = -1;
  return 0;
}
function checker(): number {
  const a = pair.a;
  const b = pair.b;
  BUG_ON(a + b !== 0);
  return 0;
}
function init(): number {
  kthread_run(setter, null, "setter");
  kthread_run(checker, null, "checker");
  return 0;
}
module_init(init);
module_exit(() => {});
`;

interface Report {
  runs: number;
  complete: boolean;
  historyHash: string;
  violations: { rule: string; line: number; schedule: string; run: number }[];
}

async function explore(
  model: string,
  ...options: string[]
): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await netdevLab(["explore", model, "--json", ...options]);
  expect(stderr).toBe("");
  return { code, report: JSON.parse(stdout) as Report };
}

test("a violation is found, made small, written, and replays to the bit; a changed program is told apart", async () => {
  const model = folder.write("pair.ts", MODEL);
  const out = join(folder.path, "out");
  const { code, report } = await explore(model, "--schedules", "40", "--out", out);
  expect(code).toBe(1);
  expect(report.runs).toBe(40);
  expect(report.violations.map((v) => [v.rule, v.line])).toEqual([["oops", 14]]);
  const file = report.violations[0]!.schedule;
  expect(readFileSync(join(out, "pair.html"), "utf8")).toContain("pair.b = -1;");

  const again = await netdevLab(["replay", file, "--json"]);
  expect(again.code).toBe(1);
  expect(again.stderr).toContain("to the bit");
  const { historyHash, decisions } = JSON.parse(readFileSync(file, "utf8")) as {
    historyHash: string;
    decisions: unknown[];
  };
  expect((JSON.parse(again.stdout) as Report).historyHash).toBe(historyHash);
  expect(decisions.length).toBeLessThan(15);

  writeFileSync(
    model,
    MODEL.replace("const a = pair.a;", "pair.a;\n  pair.b;\n  const a = pair.a;").replace(
      "  pair.b = -1;\n",
      "",
    ),
  );
  const changed = await netdevLab(["replay", file]);
  expect(changed.stdout + changed.stderr).toContain("the program has changed");
});

test("a search that goes through its space says that it is complete", async () => {
  const model = folder.write("right.ts", MODEL.replace("a + b !== 0", "a > 1"));
  const { code, report } = await explore(
    model,
    "--strategy",
    "dfs",
    "--preemptions",
    "1",
    "--schedules",
    "3000",
  );
  expect([code, report.violations, report.complete]).toEqual([0, [], false]);
  const all = await explore(model, "--strategy", "dpor", "--schedules", "3000");
  expect([all.code, all.report.violations, all.report.complete]).toEqual([0, [], true]);
});

test("shards merge to what one process finds, however often they are merged", async () => {
  const model = folder.write("sharded.ts", MODEL);
  const out = join(folder.path, "shards");
  const options = ["--schedules", "500", "--out", out, "--strategy", "random"];
  const shards = [];
  for (const shard of ["1/2", "2/2"])
    shards.push((await explore(model, ...options, "--shard", shard)).report);
  expect(existsSync(join(out, "shard-1-of-2.json"))).toBe(true);
  const merged = await netdevLab(["merge", out, out, "--json"]);
  const report = JSON.parse(merged.stdout) as Report;
  expect(merged.code).toBe(1);
  expect(report.runs).toBe(shards[0]!.runs + shards[1]!.runs);
  expect(report.violations.map((v) => v.rule)).toEqual(["oops"]);
});

test("what is no schedule is told so", async () => {
  const { code, stderr } = await netdevLab([
    "replay",
    folder.write("x.schedule.json", '{"format": 7, "decisions": []}'),
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/its format is 7/);
});
