/** What a bad model gets: one clear message at the right place, the right exit code, and nothing hangs. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCli, Folder, netdevLab, report } from "./netdev-lab.ts";

const folder = new Folder();
beforeAll(buildCli);
afterAll(() => folder.remove());

/** A module whose init function has this body. */
const withInit = (body: string, imports = ""): string =>
  `${imports}import { module_init } from "linux/module";\nfunction init(): number {\n  ${body}\n  return 0;\n}\nmodule_init(init);\n`;

const NULL_MODEL = withInit("const p = null as unknown as { x: number };\n  return p.x;");

describe("does not compile: exit code 2, the place in the model", () => {
  test.each([
    ["does not parse", "const a = ;\n", /model\.ts:1:11: error: /],
    ["does not parse further down", "const a = 1;\nfunction f( {\n}\n", /model\.ts:4:1: error: /],
    [
      "an unknown header",
      'import { x } from "linux/netdevise";\nx();\n',
      /model\.ts:1:19: error: .*netdevise.*linux\/netdevice/,
    ],
    [
      "an unknown name of a header",
      'import { netif_rxx } from "linux/netdevice";\nnetif_rxx();\n',
      /model\.ts:1:10: error: .*netif_rxx/,
    ],
    ["a missing file of its own", 'import { x } from "./regs.ts";\nx();\n', /model\.ts:1:19: error: .*regs/],
    [
      "Node's modules",
      'import { readFileSync } from "fs";\nreadFileSync("x");\n',
      /model\.ts:1:\d+: error: .*fs/,
    ],
    ["Node's modules by their full name", 'import "node:fs";\n', /model\.ts:1:8: error: .*node:fs/],
    ["async", "async function f() {}\n", /model\.ts:1:1: error: .*async/],
    ["fetch", withInit('fetch("http://x");'), /model\.ts:3:3: error: .*fetch/],
    ["setTimeout", withInit("setTimeout(init, 1);"), /model\.ts:3:3: error: .*setTimeout/],
  ])("%s", async (_what, text, message) => {
    const { code, stdout, stderr } = await netdevLab(["run", folder.write("model.ts", text)]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("goes wrong at run time: exit code 1, a violation at the place", () => {
  test.each([
    [
      "throws at load",
      'import { module_init } from "linux/module";\nthrow new Error("not today");\n',
      "oops",
      2,
      /not today/,
    ],
    [
      "reads a property of null",
      withInit("const p = null as unknown as { x: number };\n  return p.x;"),
      "oops",
      4,
      /NULL pointer/,
    ],
    [
      "passes a null device",
      withInit("netif_stop_queue(null as never);", 'import { netif_stop_queue } from "linux/netdevice";\n'),
      "oops",
      4,
      /netif_stop_queue.*null/,
    ],
    [
      "passes a number for a lock",
      withInit("spin_lock(7 as never);", 'import { spin_lock } from "linux/spinlock";\n'),
      "oops",
      4,
      /spin_lock.*number 7/,
    ],
    [
      "goes wrong inside a loop's body",
      withInit("for (const n of [null as unknown as { x: number }])\n    read(n);").replace(
        "function init",
        "function read(p: { x: number }) {\n  return p.x;\n}\nfunction init",
      ),
      "oops",
      3,
      /NULL pointer/,
    ],
    [
      "asks for a negative size",
      withInit("kmalloc(-5, GFP_KERNEL);", 'import { GFP_KERNEL, kmalloc } from "linux/slab";\n'),
      "oops",
      4,
      /kmalloc\(\): size must be a number not below 0, but it is the number -5/,
    ],
    [
      "asks for a packet of negative size",
      withInit("dev_alloc_skb(-20);", 'import { dev_alloc_skb } from "linux/skbuff";\n'),
      "oops",
      4,
      /dev_alloc_skb\(\): length must be a number not below 0/,
    ],
    [
      "puts a negative length",
      withInit(
        "const skb = dev_alloc_skb(20);\n  if (skb) skb_put(skb, -3);",
        'import { dev_alloc_skb, skb_put } from "linux/skbuff";\n',
      ),
      "oops",
      5,
      /skb_put\(\): len must be a number not below 0/,
    ],
    [
      "maps a negative length",
      withInit("vmalloc(-1);", 'import { vmalloc } from "linux/vmalloc";\n'),
      "oops",
      4,
      /vmalloc\(\): size must be/,
    ],
    [
      "frees a line of somebody else",
      withInit("free_irq(11, { mine: 1 });", 'import { free_irq } from "linux/interrupt";\n'),
      "irq-double-free",
      4,
      /free_irq\(11\)/,
    ],
    [
      "reads where nothing is mapped",
      withInit("readl(0xdead0000);", 'import { readl } from "asm/io";\n'),
      "mmio-unmapped",
      4,
      /0xdead0000/,
    ],
    [
      "writes a port that is nobody's",
      withInit("outb(1, 0x300);", 'import { outb } from "asm/io";\n'),
      "mmio-unmapped",
      4,
      /0x300/,
    ],
    ["loops for ever", withInit("for (;;) {}"), "run-limit", 3, /./],
    ["recurses for ever", withInit("return init();"), "ctx-stack-overflow", 3, /500/],
  ])("%s", async (_what, text, rule, line, message) => {
    const result = await report([folder.write("model.ts", text)]);
    const found = result.violations.find((v) => v.rule === rule || v.alsoRules.includes(rule));
    expect(found, JSON.stringify(result.violations)).toBeDefined();
    expect(result.code).toBe(found!.severity === "error" ? 1 : 0);
    expect([found!.file, found!.line]).toEqual([`${folder.path}/model.ts`, line]);
    expect(found!.message).toMatch(message);
  });

  test("allocates for ever", { timeout: 120_000 }, async () => {
    const text = withInit("const all: unknown[] = [];\n  for (;;) all.push(new Array(10_000).fill(1.5));");
    const result = await report([folder.write("model.ts", text)]);
    expect(result.code).toBe(1);
    const [violation] = result.violations;
    expect(violation?.message).toMatch(/memory/);
    expect(violation?.file).toBe(`${folder.path}/model.ts`);
  });
});

test("a workload that needs a card says so", async () => {
  const workload = folder.write(
    "hang.ts",
    'import { insmod, nic } from "lab/workload";\nexport default function main() {\n  insmod();\n  nic.hang();\n}\n',
  );
  const { code, stderr } = await netdevLab(["run", "examples/dummy/dummy.ts", "--workload", workload]);
  expect(stderr).toMatch(/nic\.hang\(\) needs a network card/);
  expect(code).toBe(2);
});

describe("a workload that cannot be played: exit code 2, the place in the workload", () => {
  const main = (body: string): string =>
    `import { fault, ifconfig, insmod } from "lab/workload";\nexport default function main() {\n  insmod();\n  ${body}\n}\n`;
  test.each([
    ["throws", main('throw new Error("not today");'), /work\.ts:4:3: error: the workload fails: .*not today/],
    ["reads a property of null", main("(null as any).x;"), /work\.ts:4:3: error: the workload fails: .*NULL/],
    [
      "throws at load",
      'throw new Error("early");\nexport default () => 0;\n',
      /work\.ts:1:1: error: .*early/,
    ],
    ["does not parse", "export default function main( {\n", /work\.ts:2:1: error: /],
    [
      "exports a number",
      "export default 7;\n",
      /work\.ts.* default export .* function, and this one is a number/,
    ],
    ["names no fault", main('fault("skbb", "nth:1");'), /work\.ts:4:3: error: fault\("skbb".*no such fault/],
    ["is async", "export default async function main() {}\n", /work\.ts:1:16: error: async/],
  ])("%s", async (_what, text, message) => {
    const workload = folder.write("work.ts", text);
    for (const command of [["run"], ["explore", "--schedules", "2"]]) {
      const { code, stdout, stderr } = await netdevLab([
        ...command,
        "examples/dummy/dummy.ts",
        "--workload",
        workload,
      ]);
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect([code, stdout]).toEqual([2, ""]);
    }
  });

  test("what the model breaks first is a violation, though the workload fails then", async () => {
    const workload = folder.write("work.ts", main("(null as any).x;"));
    const { code } = await netdevLab(["run", folder.write("model.ts", NULL_MODEL), "--workload", workload]);
    expect(code).toBe(1);
  });
});

test("a workload without a default export says so", async () => {
  const workload = folder.write("empty.ts", "export {};\n");
  const { code, stderr } = await netdevLab(["run", "examples/dummy/dummy.ts", "--workload", workload]);
  expect(stderr).toMatch(/empty\.ts:1:1: error: .*default export/);
  expect(code).toBe(2);
});

test("a parameter that the model has not", async () => {
  const { code, stderr } = await netdevLab(["run", "examples/dummy/dummy.ts", "--param", "numdumies=2"]);
  expect(stderr).toMatch(/the model has no parameter "numdumies"/);
  expect(code).toBe(2);
});

test("an insmod that fails is no violation, and is told", async () => {
  const { code, stdout } = await netdevLab(["run", folder.write("model.ts", withInit("return -12;"))]);
  expect(stdout).toMatch(/note: insmod failed: -12/);
  expect(code).toBe(0);
});
