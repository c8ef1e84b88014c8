/** An exploration keeps its time, ends at a signal with what it has, and goes on later as if nothing had been. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildCli, bundle, Folder, netdevLab, root } from "./netdev-lab.ts";

const folder = new Folder();
beforeAll(buildCli);
afterAll(() => folder.remove());

/** Some schedules break the checker; there are far more than are tried here. */
const MODEL = `// @lab workload=threads nic=none
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
const s = { n: 0, a: 0, b: 0 };
function setter(): number {
  for (let i = 0; i < 10; i++) s.n++;
  s.a = 1;
  s.b = 1;
  return 0;
}
function checker(): number {
  for (let i = 0; i < 10; i++) s.n++;
  BUG_ON(s.a !== s.b);
  return 0;
}
module_init(() => {
  kthread_run(setter, null, "setter");
  kthread_run(checker, null, "checker");
  return 0;
});
module_exit(() => {});
`;

interface Report {
  readonly runs: number;
  readonly ticks: number;
  readonly interrupted: boolean;
  readonly coverage: unknown;
  readonly violations: readonly { rule: string; line: number; run: number; schedule: string }[];
}

const summary = ({ runs, ticks, coverage, violations }: Report): unknown => ({
  runs,
  ticks,
  coverage,
  violations: violations.map(({ rule, line, run }) => ({ rule, line, run })),
});

/** Starts an exploration and ends it by a signal when there is the file `state`. */
async function interrupted(
  args: readonly string[],
  state: string,
): Promise<{ report: Report; endMs: number }> {
  const child = spawn(process.execPath, [bundle, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.on("data", (data) => (stdout += data));
  const ended = new Promise((resolve) => child.on("close", resolve));
  while (!existsSync(state) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const signalled = performance.now();
  child.kill("SIGINT");
  await ended;
  return { report: JSON.parse(stdout) as Report, endMs: performance.now() - signalled };
}

it("Ctrl-C ends it with what was found; --resume comes to the same end as without it", {
  timeout: 180_000,
}, async () => {
  const model = folder.write("broken.ts", MODEL);
  const args = ["explore", model, "--schedules", "600", "--json", "--out", join(folder.path, "out")];
  const state = join(folder.path, "out/broken.exploration.json");
  const first = await interrupted(args, state);
  expect(first.report.interrupted).toBe(true);
  expect(first.report.runs).toBeGreaterThan(0);
  expect(first.report.runs).toBeLessThan(600);
  expect(first.endMs).toBeLessThan(5000);
  for (const { schedule } of first.report.violations) expect(existsSync(schedule)).toBe(true);

  const { units } = JSON.parse(readFileSync(state, "utf8")) as { units: unknown[] };
  expect(units.length).toBeGreaterThan(0);

  writeFileSync(model, MODEL.replace("i < 10", "i < 11"));
  const changed = await netdevLab([...args, "--resume"]);
  expect([changed.code, changed.stderr]).toEqual([2, expect.stringMatching(/broken\.ts has changed since/)]);
  writeFileSync(model, MODEL);
  const other = await netdevLab([...args, "--resume", "--seed", "9"]);
  expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/with another config/)]);

  const resumed = JSON.parse((await netdevLab([...args, "--resume"])).stdout) as Report;
  const whole = JSON.parse(
    (await netdevLab([...args.slice(0, -1), join(folder.path, "whole")])).stdout,
  ) as Report;
  expect(summary(resumed)).toEqual(summary(whole));
  expect(resumed.runs).toBe(600);
  expect(existsSync(state)).toBe(false);

  const none = await netdevLab([...args, "--resume"]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/no interrupted exploration/)]);
});

it("--time is used, and not exceeded by a tenth, with findings and without", {
  timeout: 60_000,
}, async () => {
  for (const [name, text] of [
    ["timed.ts", MODEL],
    ["silent.ts", MODEL.replace("s.a !== s.b", "s.n < 0")],
  ] as const) {
    const model = folder.write(name, text);
    const { stdout } = await netdevLab([
      "explore",
      model,
      "--time",
      "8",
      "--json",
      "--out",
      join(folder.path, "t"),
    ]);
    const { wallSeconds } = JSON.parse(stdout) as { wallSeconds: number };
    expect(wallSeconds).toBeGreaterThan(4);
    expect(wallSeconds).toBeLessThan(8.8);
  }
});
