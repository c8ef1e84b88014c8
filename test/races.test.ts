/** Data races: found in one ordinary run, whatever the access is spelled like; silence about what is ordered. */
import { describe, expect, it } from "vitest";
import { makeLab, type RunRequest } from "./support/lab.ts";

const HEAD = `
import { module_exit, module_init } from "linux/init";
import { kthread_run } from "linux/kthread";
import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";
import { DECLARE_COMPLETION, complete, wait_for_completion } from "linux/completion";
import { atomic_dec_and_test, atomic_inc, atomic_t } from "linux/atomic";
import { smp_rmb, smp_wmb } from "asm/system";
import { memcpy, memset } from "linux/string";
const lock = DEFINE_SPINLOCK();
const done = DECLARE_COMPLETION();
`;

function threads(data: string, first: string, second: string): string {
  return `${HEAD}${data}
function one() { ${first}; return 0; }
function two() { ${second}; return 0; }
module_init(() => { kthread_run(one, null, "one"); kthread_run(two, null, "two"); return 0; });
module_exit(() => {});
`;
}

function races(request: RunRequest): string[] {
  const lab = makeLab({ ...request, config: { nic: "none", races: true, ...request.config } });
  lab.runToEnd();
  return lab.rules.violations.map((v) => `${v.rule}: ${v.message}`);
}

function racesOf(data: string, first: string, second: string): string[] {
  return races({ model: threads(data, first, second), workload: "threads" });
}

describe("two threads race", () => {
  it.each([
    ["updates of a field", "const p = { n: 0 };", "p.n++", "p.n++"],
    ["updates of a variable", "let n = 0;", "n += 1", "n |= 2"],
    [
      "a lock that only one takes",
      "const p = { n: 0 };",
      "spin_lock(lock); p.n++; spin_unlock(lock)",
      "p.n++",
    ],
    ["a reference", "const p: any = { ring: [1] };", "p.ring = null", "p.ring = [2]"],
    ["an array's order", "const a: number[] = [];", "a.push(1)", "a.shift()"],
    ["a Map", "const m = new Map();", "m.set(1, 2)", "m.delete(1)"],
    ["elements of bytes", "const b = new Uint8Array(8);", "b[3] |= 1", "b[3] |= 2"],
    ["a kept view", "const b = new Uint8Array(8); const v = b.subarray(2);", "v[1]++", "b[3]++"],
    [
      "a DataView",
      "const b = new DataView(new ArrayBuffer(8));",
      "b.setUint8(0, b.getUint8(0) + 1)",
      "b.setUint8(0, b.getUint8(0) + 1)",
    ],
  ])("with %s", (_name, data, first, second) => {
    expect(racesOf(data, first, second)).toEqual([
      expect.stringMatching(/^lock-data-race: .* nothing orders the two$/),
    ]);
  });

  it("and the report has both sides with their locks", () => {
    const model = threads("const p = { n: 0 };", "spin_lock(lock); p.n++; spin_unlock(lock)", "p.n++");
    const lab = makeLab({ model, workload: "threads", config: { nic: "none", races: true } });
    lab.runToEnd();
    const [violation] = lab.rules.violations;
    expect(violation?.message).toMatch(/under .*lock/);
    expect(violation?.message).toContain("without a lock");
    expect(violation?.related[0]?.place?.fn).toMatch(/^(one|two)$/);
    expect(violation?.stack[0]?.fn).toMatch(/^(one|two)$/);
  });
});

describe("nobody races", () => {
  it.each([
    [
      "under one lock",
      "const p = { n: 0 };",
      "spin_lock(lock); p.n++; spin_unlock(lock)",
      "spin_lock(lock); p.n++; spin_unlock(lock)",
    ],
    [
      "after a completion",
      "const p: any = { q: {} };",
      "p.q = null; complete(done)",
      "wait_for_completion(done); void p.q",
    ],
    [
      "by the last reference",
      "const c = new atomic_t(2); const p: any = { n: 0 };",
      "if (atomic_dec_and_test(c)) p.n++",
      "if (atomic_dec_and_test(c)) p.n++",
    ],
    ["with a pointer that one writes", "const p: any = { q: {} };", "p.q = null", "void p.q"],
    ["with a flag that one writes", "const p = { stop: false };", "p.stop = true", "void p.stop"],
    [
      "with slots behind an index and barriers",
      "const p: any = { slots: [null], head: 0 };",
      "p.slots[0] = {}; smp_wmb(); p.head = 1",
      "if (p.head === 1) { smp_rmb(); void p.slots[0]; }",
    ],
    ["in different elements", "const a: any[] = [{}, {}];", "a[0] = null", "a[1] = null"],
  ])("%s", (_name, data, first, second) => {
    expect(racesOf(data, first, second)).toEqual([]);
  });

  it.each<[string, RunRequest]>([
    ["dummy", { model: "examples/dummy/dummy.ts", config: { cpus: 4 } }],
    ["snull-fixed", { model: "examples/snull/snull-fixed.ts" }],
  ])("in %s", (_name, request) => {
    expect(races(request)).toEqual([]);
  });
});
