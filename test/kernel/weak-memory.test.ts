/**
 * What --weak lets two CPUs see: the litmus tests of memory models. A test's threads store what they saw; the outcomes
 * under many seeds are collected.
 */
import { describe, expect, it } from "vitest";
import { Driver } from "../../sim/explore/driver.ts";
import { Runner } from "../../sim/explore/runner.ts";
import { makeSearcher } from "../../sim/explore/searchers.ts";
import { Replay } from "../../sim/machine/schedule.ts";
import { makeLab } from "../support/lab.ts";

const model = (first: string, second: string): string => `
import { kthread_run } from "linux/kthread";
import { mb, rmb, smp_mb, smp_rmb, smp_wmb, wmb } from "asm/system";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { module_exit, module_init } from "linux/module";
import { printk } from "linux/kernel";
class priv { x = 0; y = 0; a = -1; b = -1; ended = 0; words = [0, 0]; bytes = new Uint32Array(2); lock = new spinlock_t(); }
const p = new priv();
void [mb, rmb, smp_mb, smp_rmb, smp_wmb, wmb, spin_lock, spin_unlock];
function tell() { spin_lock(p.lock); if (++p.ended === 2) printk("saw " + p.a + " " + p.b); spin_unlock(p.lock); }
function first() { ${first} tell(); return 0; }
function second() { ${second} tell(); return 0; }
module_init(() => { spin_lock_init(p.lock); kthread_run(first, null, "first"); kthread_run(second, null, "second"); return 0; });
module_exit(() => {});`;

function play(text: string, config: object, strategy?: Replay) {
  const lab = makeLab({ model: text, workload: "threads", config: { nic: "none", ...config } });
  if (strategy) lab.restart(lab.config, { strategy });
  const seen: string[] = [];
  lab.machine.on("printk", (e) => void (e.text.startsWith("saw") && seen.push(e.text.slice(4))));
  lab.runToEnd();
  return { lab, saw: seen.join() };
}

const SEEDS = 60;

/** All that was seen under many seeds, or until something was. */
function outcomes(text: string, weak: boolean, until?: string): Set<string> {
  const { lab } = play(text, { weak });
  const found = new Set<string>();
  for (let seed = 1; seed <= (until === undefined ? SEEDS : 5 * SEEDS) && !found.has(until ?? ""); seed++) {
    lab.restart({ ...lab.config, seed });
    lab.machine.on("printk", (e) => void (e.text.startsWith("saw") && found.add(e.text.slice(4))));
    lab.runToEnd();
  }
  return found;
}

/** Time for the schedule to let stores be seen. */
const PAUSE = "for (let i = 0; i < 20; i++) void p.ended;";

const LATE = {
  "a store after a load of another word": model("p.x = 1; p.a = p.y;", "p.y = 1; p.b = p.x;"),
  "elements of an array": model("p.words[0] = 1; p.a = p.words[1];", "p.words[1] = 1; p.b = p.words[0];"),
  bytes: model("p.bytes[0] = 1; p.a = p.bytes[1];", "p.bytes[1] = 1; p.b = p.bytes[0];"),
  "stores before wmb are seen in order, not at once": model(
    "p.x = 1; smp_wmb(); p.a = p.y;",
    "p.y = 1; smp_wmb(); p.b = p.x;",
  ),
};

describe("without barriers", () => {
  it.each(Object.entries(LATE))("%s", (_what, text) => {
    expect(outcomes(text, true, "0 0")).toContain("0 0");
    expect(outcomes(text, false)).not.toContain("0 0");
  });

  it("two stores change places", () => {
    const text = model(`p.x = 1; p.y = 1; ${PAUSE} p.a = 0;`, `${PAUSE} p.b = p.y * 2 + p.x;`);
    expect(outcomes(text, true, "0 2")).toContain("0 2");
    expect(outcomes(text, false)).not.toContain("0 2");
  });
});

describe("with barriers memory is in order", () => {
  it.each([
    ["mb between store and load", "p.x = 1; mb(); p.a = p.y;", "p.y = 1; mb(); p.b = p.x;", "0 0"],
    [
      "wmb and rmb",
      `p.x = 1; wmb(); p.y = 1; ${PAUSE} p.a = 0;`,
      `${PAUSE} const y = p.y; rmb(); const x = p.x; smp_rmb(); p.b = y * 2 + x;`,
      "0 2",
    ],
    [
      "smp_mb between store and load",
      "p.x = 1; smp_mb(); p.a = p.y;",
      "p.y = 1; smp_mb(); p.b = p.x;",
      "0 0",
    ],
    [
      "wmb between two stores",
      `p.x = 1; smp_wmb(); p.y = 1; ${PAUSE} p.a = 0;`,
      `${PAUSE} p.b = p.y * 2 + p.x;`,
      "0 2",
    ],
    [
      "a lock",
      "spin_lock(p.lock); p.x = 1; p.y = 1; spin_unlock(p.lock); p.a = 0;",
      "spin_lock(p.lock); p.b = p.y * 2 + p.x; spin_unlock(p.lock);",
      "0 2",
    ],
    ["a CPU sees its own stores", "p.x = 1; p.x = 2; p.a = p.x;", "p.b = 0;", "1 0"],
    ["one word has one order", "p.x = 1; p.x = 2; p.a = 0;", "const b = p.x; p.b = b > p.x ? 9 : 0;", "0 9"],
  ])("%s", (_what, first, second, never) => {
    const seen = outcomes(model(first, second), true);
    expect(seen.size).toBeGreaterThan(0);
    expect(seen).not.toContain(never);
  });
});

it("is replayed exactly, and changes no history where it is off", () => {
  const text = LATE["a store after a load of another word"];
  for (let seed = 1; seed <= 10; seed++) {
    const { lab, saw } = play(text, { weak: true, seed });
    const { decisions, historyHash } = lab.machine;
    const again = play(text, { weak: true, seed: 99 }, new Replay(decisions));
    expect([again.saw, again.lab.machine.historyHash]).toEqual([saw, historyHash]);
  }
});

it("is searched systematically", () => {
  const text = model("p.x = 1; p.a = p.y;", "p.y = 1; p.b = p.x;");
  const { program, config } = makeLab({
    model: text,
    workload: "threads",
    config: { nic: "none", weak: true },
  });
  const runner = new Runner(program, config);
  const searcher = makeSearcher("dpor", { seed: 1, preemptions: 2 });
  const found = new Set<string>();
  for (let run = 0; run < 400 && !found.has("saw 0 0"); run++) {
    if (!searcher.begin(run)) break;
    const driver = new Driver(runner.lab.machine, searcher, runner.operations);
    driver.restart();
    const { points } = runner.play(driver, {
      watch: ({ machine }) => machine.on("printk", (e) => found.add(e.text.trim())),
    });
    searcher.end({ run, failed: false, trace: driver.trace, points, parents: new Map() });
  }
  expect([...found]).toContain("saw 0 0");
});
