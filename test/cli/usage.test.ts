/** What a wrong request gets: one clear message on stderr, nothing on stdout, exit code 2. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildCli, Folder, netdevLab } from "./netdev-lab.ts";

const folder = new Folder();
beforeAll(buildCli);
afterAll(() => folder.remove());

const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
  ["an unknown command", ["runn"], /no command "runn"; did you mean run\?/],
  ["an option before the command", ["--seed", "3"], /a command comes first: run, /],
  [
    "an unknown option",
    ["run", "examples/dummy/dummy.ts", "--sede", "3"],
    /run has no option --sede; did you mean --seed\?/,
  ],
  [
    "another command's option",
    ["run", "examples/dummy/dummy.ts", "--port", "1"],
    /no option --port; it belongs to dap/,
  ],
  ["an option without its value", ["run", "examples/dummy/dummy.ts", "--seed"], /--seed needs a value/],
  ["a flag with a value", ["run", "examples/dummy/dummy.ts", "--json=yes"], /--json takes no value/],
  [
    "an option given twice",
    ["run", "examples/dummy/dummy.ts", "--seed", "1", "--seed", "2"],
    /--seed is given twice/,
  ],
  [
    "no whole number",
    ["run", "examples/dummy/dummy.ts", "--cpus", "many"],
    /--cpus must be a whole number from 1 to 32, not "many"/,
  ],
  [
    "a number out of range",
    ["run", "examples/dummy/dummy.ts", "--cpus", "0"],
    /--cpus must be a whole number from 1 to 32/,
  ],
  [
    "an unknown choice",
    ["run", "examples/dummy/dummy.ts", "--irq", "apic"],
    /--irq must be one of intx, msi, not "apic"/,
  ],
  [
    "a fault without a sense",
    ["run", "examples/dummy/dummy.ts", "--fault", "skb=sometimes"],
    /--fault must be NAME=SPEC/,
  ],
  ["a missing file", ["run", "no-such-model.ts"], /there is no file no-such-model\.ts/],
  ["a folder", ["run", "examples/dummy"], /examples\/dummy is a folder; `netdev-lab check examples\/dummy`/],
  ["a file that is no TypeScript", ["run", "package.json"], /a driver model ends in \.ts/],
  ["no model", ["run"], /run needs a driver model/],
  ["two models", ["run", "examples/dummy/dummy.ts", "examples/snull/snull.ts"], /run takes one model/],
  [
    "an unknown workload",
    ["run", "examples/dummy/dummy.ts", "--workload", "smok"],
    /there is no workload "smok"/,
  ],
  [
    "a missing workload file",
    ["run", "examples/dummy/dummy.ts", "--workload", "./none.ts"],
    /there is no workload .*none\.ts/,
  ],
  [
    "a workload for a card, without one",
    ["run", "examples/dummy/dummy.ts", "--nic", "none", "--workload", "sharedirq"],
    /needs a network card, and none is fitted/,
  ],
  [
    "a fault that nothing knows",
    ["run", "examples/dummy/dummy.ts", "--fault", "skbb=nth:1"],
    /--fault names what nothing can fail by, "skbb"; did you mean skb\?/,
  ],
  [
    "two cards where none is fitted",
    ["run", "examples/dummy/dummy.ts", "--nic", "none", "--nics", "2"],
    /--nic none and --nics 2 contradict each other/,
  ],
  [
    "one fault in two ways",
    ["run", "examples/dummy/dummy.ts", "--fault", "skb=nth:1", "--fault", "skb=every:2"],
    /--fault names skb twice/,
  ],
  [
    "two outputs into one file",
    ["run", "examples/dummy/dummy.ts", "--sarif", "out.x", "--junit", "./out.x"],
    /--sarif and --junit name the same file/,
  ],
  [
    "a strategy that explores, for one run",
    ["run", "examples/dummy/dummy.ts", "--strategy", "pct"],
    /netdev-lab explore examples\/dummy\/dummy\.ts does that/,
  ],
  [
    "one schedule, for an exploration",
    ["explore", "examples/dummy/dummy.ts", "--strategy", "fixed"],
    /netdev-lab run --strategy fixed/,
  ],
  ["a schedule that is none", ["replay", "package.json"], /it is no schedule of netdev-lab/],
  ["a folder for a schedule", ["replay", "examples"], /there is no file examples/],
  ["an unknown rule", ["rules", "lock-oder"], /there is no rule "lock-oder"; did you mean lock-order\?/],
  ["nothing to check", ["check"], /check needs a file or folder/],
  ["a folder without models", ["check", "docs"], /there is no driver model/],
  [
    "a file that cannot be written",
    ["run", "examples/dummy/dummy.ts", "--trace", "/nowhere/t.json"],
    /cannot write \/nowhere\/t\.json/,
  ],
];

test.each(wrong)("%s", async (_what, args, message) => {
  const { code, stdout, stderr } = await netdevLab(args);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test.each([
  ["// @lab cpu=2\n", /model\.ts:1:9: error: @lab knows no "cpu"; did you mean cpus\?/],
  ["// a driver\n// @lab seed=2 cpus=none\n", /model\.ts:2:16: error: @lab cpus must be a whole number/],
  ["// @lab workload\n", /model\.ts:1:9: error: @lab workload needs a value/],
])("a header %j is complained about where it stands", async (header, message) => {
  const { code, stderr } = await netdevLab(["run", folder.write("model.ts", `${header}export {};\n`)]);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});

test("help and version come on stdout", async () => {
  const help = await netdevLab(["--help"]);
  expect(help.code).toBe(0);
  expect(help.stdout).toMatch(/netdev-lab run MODEL\.ts/);
  expect((await netdevLab(["run", "--help"])).stdout).toMatch(/--max-ticks N/);
  expect((await netdevLab(["--version"])).stdout).toMatch(/^netdev-lab \d+\.\d+\.\d+\n$/);
});

test("the catalogue lists rules by family, and shows one in full", async () => {
  const all = await netdevLab(["rules"]);
  expect(all.stdout).toMatch(/ctx-sleep-atomic +error/);
  const one = await netdevLab(["rules", "ctx-sleep-atomic"]);
  expect(one.stdout).toMatch(/^ctx-sleep-atomic \(error\)/);
  expect(one.stdout).toMatch(/^Seen by: static, run$/m);
  expect(one.stdout).toMatch(/Wrong:\n {4}/);
  const json = JSON.parse((await netdevLab(["rules", "ctx-sleep-atomic", "--json"])).stdout) as {
    id: string;
    detectedBy: string[];
  };
  expect(json.id).toBe("ctx-sleep-atomic");
  expect(json.detectedBy).toEqual(["static", "run"]);
});
