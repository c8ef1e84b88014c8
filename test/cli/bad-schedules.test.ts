/** What a schedule gets that is damaged, or that belongs to another program: one clear message, exit code 2. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCli, Folder, netdevLab } from "./netdev-lab.ts";

const folder = new Folder();
afterAll(() => folder.remove());

/** Breaks where the second thread comes between the two stores of the first one. */
const model = (first: string, second = "BUG_ON(s.a !== s.b);"): string => `// @lab workload=threads nic=none
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
const s = { a: 0, b: 0 };
function one(): number {
  ${first}
  return 0;
}
function two(): number {
  ${second}
  return 0;
}
module_init(() => {
  kthread_run(one, null, "one");
  kthread_run(two, null, "two");
  return 0;
});
module_exit(() => {});
`;
const FIRST = "s.a = 1;\n  s.b = 1;";

let good: Record<string, unknown> = {};
const changed = (change: Record<string, unknown>): string =>
  folder.write("changed.schedule.json", JSON.stringify({ ...good, ...change }));

beforeAll(async () => {
  await buildCli();
  const path = folder.write("pair.ts", model(FIRST));
  const out = join(folder.path, "out");
  await netdevLab(["explore", path, "--first", "--schedules", "500", "--out", out]);
  const text = readFileSync(join(out, "pair-oops.schedule.json"), "utf8");
  good = { ...(JSON.parse(text) as object), model: "./pair.ts" };
});

async function replayed(path: string): Promise<{ code: number | null; said: string }> {
  const { code, stdout, stderr } = await netdevLab(["replay", path]);
  expect(stdout + stderr).not.toMatch(/^\s+at |internal error/m);
  return { code, said: stdout + stderr };
}

it("an intact one replays to the bit", async () => {
  const { code, said } = await replayed(changed({}));
  expect(said).toMatch(/the history is the recorded one, to the bit/);
  expect(code).toBe(1);
});

describe("damaged", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["no CPUs", { cpus: undefined }, /its cpus are missing/],
    ["too many CPUs", { cpus: 99 }, /its cpus are 99; there can be 1 to 32/],
    ["no settings", { settings: null }, /its settings are null/],
    ["a setting of another type", { settings: { nics: "two" } }, /its setting nics is "two"/],
    ["an unknown fault", { settings: { faults: { bla: "nth:1" } } }, /a fault that nothing knows, "bla"/],
    ["half a decision", { decisions: [[1, "run"]] }, /its decisions are damaged/],
    ["no hash", { historyHash: undefined }, /a hash is missing/],
    ["no model", { model: undefined }, /it names no model or workload/],
    ["a model that is gone", { model: "./gone.ts" }, /there is no driver model .*gone\.ts/],
    ["an unknown workload", { workload: "thraeds" }, /there is no workload "thraeds"/],
  ])("%s", async (_what, change, message) => {
    const { code, said } = await replayed(changed(change));
    expect(said).toMatch(message);
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});

describe("the program has changed", () => {
  it("a comment more is no other history", async () => {
    folder.write("pair.ts", model(FIRST).replace("const s", "// a comment\nconst s"));
    const { said } = await replayed(changed({}));
    expect(said).toMatch(/the program has changed/);
    expect(said).toMatch(/the history is the recorded one, to the bit/);
  });

  it("where the recording does not fit, it says where the runs part", async () => {
    folder.write("pair.ts", model("s.a++;\n  s.b++;\n  s.a++;\n  s.b++;", "s.a = 5;"));
    const { code, said } = await replayed(changed({}));
    expect(said).toMatch(/the program has changed/);
    expect(said).toMatch(/parts from this program at scheduling point \d+.*pair\.ts:7\)/);
    expect(code).not.toBe(3);
  });

  it("another program does not pretend", async () => {
    const { code, said } = await replayed(changed({ model: join(process.cwd(), "examples/dummy/dummy.ts") }));
    expect(said).toMatch(/the program has changed/);
    expect(said).toMatch(/part/);
    expect(code).not.toBe(3);
  });
});
