/** `netdev-lab run` and `check` on the examples: results, forms of output, the same history every time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCli, Folder, netdevLab, report } from "./netdev-lab.ts";

const DUMMY = "examples/dummy/dummy.ts";
const SNULL = "examples/snull/snull.ts";
const FIXED = "examples/snull/snull-fixed.ts";
const WORKLOADS = [
  "smoke",
  "flood-tx",
  "updown",
  "reload",
  "stats",
  "threads",
  "multicast",
  "mtu",
  "hotplug",
  "faults",
];

const folder = new Folder();
beforeAll(buildCli);
afterAll(() => folder.remove());

const place = {
  file: { type: "string" },
  line: { type: "integer", minimum: 1 },
  column: { type: "integer", minimum: 1 },
};
const strings = { type: "array", items: { type: "string" } };
const object = (properties: Record<string, object>): object => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const text = { type: "string" };
const count = { type: "integer", minimum: 0 };

/** The documented form of `--json`. */
const SCHEMA = object({
  model: text,
  workload: text,
  seed: count,
  cpus: count,
  runs: count,
  ticks: count,
  virtualTimeNs: { type: "number", minimum: 0 },
  wallSeconds: { type: "number", minimum: 0 },
  historyHash: { type: "string", pattern: "^[0-9a-f]{8,}$" },
  complete: { type: "boolean" },
  violations: {
    type: "array",
    items: object({
      rule: text,
      severity: { enum: ["error", "warning", "advice"] },
      message: text,
      ...place,
      cpu: count,
      context: text,
      tick: count,
      related: { type: "array", items: object({ message: text, ...place, cpu: count, tick: count }) },
      alsoRules: strings,
      schedule: { type: ["string", "null"] },
      run: { type: "integer", minimum: 1 },
    }),
  },
});

interface CheckedModel {
  readonly stages: readonly { readonly name: string; readonly runs: number }[];
  readonly foundBy: Readonly<Record<string, string | null>>;
  readonly failures: readonly string[];
}

/** Breaks only if the checker comes between two statements of the setter. */
const RACY = `// @lab workload=threads nic=none
// @expect oops
import { BUG_ON } from "linux/kernel";
import { kthread_run } from "linux/kthread";
import { module_exit, module_init } from "linux/module";
const s = { before: 0, a: 0, b: 0, after: 0 };
function setter(): number {
  for (let i = 0; i < 20; i++) s.before++;
  s.a = 1;
  s.b = 1;
  for (let i = 0; i < 20; i++) s.after++;
  return 0;
}
function checker(): number {
  const b = s.b;
  BUG_ON(s.a !== b);
  return 0;
}
module_init(() => {
  kthread_run(setter, null, "setter");
  kthread_run(checker, null, "checker");
  return 0;
});
module_exit(() => {});
`;

describe("right drivers are silent", () => {
  test.each(WORKLOADS)("dummy under %s", async (workload) => {
    const { code, violations } = await report([DUMMY, "--workload", workload]);
    expect(violations).toEqual([]);
    expect(code).toBe(0);
  });

  test.each(
    WORKLOADS.flatMap(
      (w) =>
        [
          [w, "0"],
          [w, "1"],
        ] as const,
    ),
  )("snull-fixed under %s, use_napi=%s", async (workload, napi) => {
    const { code, violations } = await report([FIXED, "--workload", workload, "--param", `use_napi=${napi}`]);
    expect(violations).toEqual([]);
    expect(code).toBe(0);
  });

  test.each(["0", "1"])("snull-fixed with lost interrupts, use_napi=%s", async (napi) => {
    const { violations } = await report([
      FIXED,
      "--workload",
      "flood-tx",
      "--param",
      "lockup=7",
      "--param",
      `use_napi=${napi}`,
    ]);
    expect(violations).toEqual([]);
  });
});

test.each(["1", "2", "3"])(
  "the book's snull breaks the same rules at the same places under seed %s",
  async (seed) => {
    const { code, violations } = await report([SNULL, "--seed", seed]);
    expect(code).toBe(1);
    const source = readFileSync(SNULL, "utf8").split("\n");
    const errors = violations.filter((v) => v.severity === "error");
    const found = errors.map((v) => [v.rule, v.file, source[v.line - 1]!.trim()]);
    expect(found).toEqual([
      ["txq-reclaim-excl", join(process.cwd(), SNULL), "dev_kfree_skb(priv.skb!);"],
      ["oops", join(process.cwd(), SNULL), "priv.ppool = pkt.next;"],
    ]);
    expect(errors[0]!.alsoRules).toContain("skb-double-free");
  },
);

test("--json has the documented form", async () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);
  for (const model of [DUMMY, SNULL]) {
    const { code: _, ...result } = await report([model]);
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true);
  }
});

test("the same request has the same history, another seed another one", async () => {
  const runs = await Promise.all([report([SNULL]), report([SNULL]), report([SNULL, "--seed", "2"])]);
  const [first, second, other] = runs.map(({ wallSeconds: _, ...rest }) => rest);
  expect(second).toEqual(first);
  expect(other!.historyHash).not.toBe(first!.historyHash);
});

/** Copies the example to another folder; the path of the model there. */
function copySnull(): string {
  const [model] = ["snull.ts", "snull-regs.ts", "tour.ts"].map((name) =>
    folder.write(name, readFileSync(join("examples/snull", name), "utf8")),
  );
  return model!;
}

test("the history does not depend on the folder, nor on what is observed", async () => {
  const copy = copySnull();
  const elsewhere = await report([copy]);
  const observed = await report([
    SNULL,
    "--pcap",
    join(folder.path, "a.pcap"),
    "--trace",
    join(folder.path, "a.json"),
    "--dmesg",
  ]);
  const plain = await report([SNULL]);
  expect(elsewhere.historyHash).toBe(plain.historyHash);
  expect(observed.historyHash).toBe(plain.historyHash);
});

test("output for people: compiler style, summary last, no colours in a pipe", async () => {
  const { code, stdout } = await netdevLab(["run", SNULL]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^examples\/snull\/snull\.ts:\d+:\d+: error: .+ \[[a-z-]+\]$/m);
  expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
    /^examples\/snull\/snull\.ts: \d+ errors?, \d+ warnings? \(workload examples\/snull\/tour\.ts, 2 CPUs, seed 1; /,
  );
  expect(stdout).not.toContain("\x1b");
});

test("--dmesg shows the kernel's messages with their times", async () => {
  const { stdout } = await netdevLab(["run", SNULL, "--dmesg"]);
  expect(stdout).toMatch(/^\[ {4}\d\.\d{6}\] /m);
});

test("--pcap writes Ethernet frames that carry IPv4", async () => {
  const file = join(folder.path, "snull.pcap");
  await netdevLab(["run", FIXED, "--pcap", file]);
  const bytes = readFileSync(file);
  expect(bytes.readUInt32LE(0)).toBe(0xa1b23c4d);
  expect(bytes.readUInt32LE(20)).toBe(1);
  let frames = 0;
  let last = -1;
  for (let at = 24; at < bytes.length; frames++) {
    const time = bytes.readUInt32LE(at) * 1e9 + bytes.readUInt32LE(at + 4);
    expect(time).toBeGreaterThanOrEqual(last);
    last = time;
    const length = bytes.readUInt32LE(at + 8);
    expect(length).toBe(bytes.readUInt32LE(at + 12));
    expect(bytes.readUInt16BE(at + 16 + 12)).toBe(0x0800);
    at += 16 + length;
  }
  expect(frames).toBeGreaterThan(20);
});

test("--trace writes slices that begin and end", async () => {
  const file = join(folder.path, "trace.json");
  await netdevLab(["run", DUMMY, "--trace", file]);
  const { traceEvents } = JSON.parse(readFileSync(file, "utf8")) as {
    traceEvents: { name: string; ph: string; ts?: number }[];
  };
  expect(traceEvents.some((e) => e.name === "dummy_xmit (hard_start_xmit)")).toBe(true);
  const times = traceEvents.flatMap((e) => e.ts ?? []);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test("--sarif and --junit", async () => {
  const [sarif, junit] = [join(folder.path, "r.sarif"), join(folder.path, "r.xml")];
  const { violations } = await report([SNULL, "--sarif", sarif, "--junit", junit]);
  const log = JSON.parse(readFileSync(sarif, "utf8")) as { runs: { results: { ruleId: string }[] }[] };
  expect(log.runs[0]!.results.map((r) => r.ruleId)).toEqual(violations.map((v) => v.rule));
  expect(readFileSync(junit, "utf8")).toMatch(/<testsuite name="netdev-lab" tests="1" failures="1"/);
});

describe("check", () => {
  test("the examples are as their headers say, and one table tells what found it", {
    timeout: 120_000,
  }, async () => {
    const junit = join(folder.path, "check.xml");
    const { code, stdout } = await netdevLab([
      "check",
      "examples/dummy",
      "examples/snull",
      "examples/museum/H14-gianfar-life-free-registered",
      "--time",
      "1",
      "--junit",
      junit,
    ]);
    expect(stdout).toMatch(/^ {5}model +rule +found by +expected$/m);
    expect(stdout).toMatch(/^ok {3}examples\/dummy\/dummy\.ts +\(silent\) +nothing, \d+ schedules? +yes$/m);
    expect(stdout).toMatch(/^ok {3}examples\/snull\/snull\.ts +skb-double-free +one run +yes$/m);
    expect(stdout).toMatch(/^ok {3}examples\/snull\/snull-fixed\.ts +\(silent\) /m);
    expect(stdout).toMatch(/buggy\.ts +life-free-registered +lint +yes$/m);
    expect(stdout).toMatch(/^5 models, 0 not as expected$/m);
    expect(code).toBe(0);
    expect(readFileSync(junit, "utf8")).toMatch(/ tests="5" failures="0" errors="0" /);
  });

  test("what one run does not show is found by exploration, which stops then", {
    timeout: 120_000,
  }, async () => {
    const model = folder.write("racy.ts", RACY);
    const { code, stdout } = await netdevLab(["check", model, "--json"]);
    const { models } = JSON.parse(stdout) as { models: CheckedModel[] };
    expect(models[0]!.stages.map((s) => s.name)).toEqual(["lint", "run", "explore"]);
    expect(models[0]!.foundBy).toEqual({ oops: "explore" });
    expect(models[0]!.stages[2]!.runs).toBeLessThan(5000);
    expect(models[0]!.failures).toEqual([]);
    expect(code).toBe(0);
  });

  test("a model that does not compile is told, and does not keep the others from being judged", async () => {
    const broken = folder.write("broken.ts", "module_init(;\n");
    const { code, stdout, stderr } = await netdevLab(["check", broken, "examples/dummy", "--schedules", "1"]);
    expect(stdout).toMatch(/^\?{4} .*broken\.ts cannot be judged/m);
    expect(stdout).toMatch(/^ok {3}examples\/dummy\/dummy\.ts/m);
    expect(stderr).toMatch(/broken\.ts:1:13/);
    expect(code).toBe(2);
  });

  test("an expectation that is not met fails, at its line", async () => {
    const source = readFileSync(DUMMY, "utf8").replace("@expect none", "@expect lock-order");
    const { code, stdout } = await netdevLab(["check", folder.write("dummy.ts", source), "--time", "1"]);
    expect(stdout).toMatch(/dummy\.ts:8:1: expected lock-order, which was not found/);
    expect(code).toBe(1);
  });

  test("what is not expected fails", async () => {
    const source = readFileSync(SNULL, "utf8").replace(/@expect .*/, "@expect none");
    copySnull();
    const { code, stdout } = await netdevLab(["check", folder.write("snull.ts", source), "--time", "1"]);
    expect(stdout).toMatch(/^FAIL .*snull\.ts/m);
    expect(code).toBe(1);
  });
});
