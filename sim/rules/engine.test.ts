import { describe, expect, it } from "vitest";
import { RULES } from "./catalogue.ts";
import { RuleEngine } from "./engine.ts";
import type { Rule } from "./rule.ts";
import { FakeMachine, lock, place } from "./testing/fake-machine.ts";

function setUp(options: ConstructorParameters<typeof RuleEngine>[1] = {}, rules: readonly Rule[] = RULES) {
  const machine = new FakeMachine();
  const engine = new RuleEngine(machine, options, rules);
  const found = () => engine.violations.map((v) => v.rule);
  return { machine, engine, found };
}

function sleep(machine: FakeMachine, fn: string, more: { gfp?: number; irqsDisabled?: boolean } = {}): void {
  machine.emit({ type: "might-sleep", fn, atomic: true, irqsDisabled: false, ...more });
}

describe("judging", () => {
  it("lets the most special rule speak and names the general ones", () => {
    const { machine, engine } = setUp();
    sleep(machine.at(10, "kmalloc"), "kmalloc", { gfp: 0xd0 });
    expect(engine.violations).toHaveLength(1);
    expect(engine.violations[0]).toMatchObject({ rule: "ctx-gfp", alsoRules: ["ctx-sleep-atomic"] });
  });

  it("reports once for a rule and place, again at another place", () => {
    const { machine, found } = setUp();
    for (const line of [10, 10, 12, 10]) sleep(machine.at(line, "msleep"), "msleep");
    expect(found()).toEqual(["ctx-sleep-atomic", "ctx-sleep-atomic"]);
  });

  it("keeps quiet about what the kernel does without the model", () => {
    const { machine, found } = setUp();
    machine.frames = [place(7, "msleep", false)];
    sleep(machine, "msleep");
    expect(found()).toEqual([]);
  });

  it("takes two sleeping calls of one line for one mistake", () => {
    const { machine, engine } = setUp();
    sleep(machine.at(10, "rtnl_lock"), "rtnl_lock");
    sleep(machine.at(10, "down"), "down");
    expect(engine.violations).toHaveLength(1);
    expect(engine.violations[0]?.rule).toBe("rtnl-atomic");
  });

  it("puts an oops that follows from an error under that error", () => {
    const { machine, engine } = setUp();
    const device = { id: 1, name: "eth0" };
    machine.at(20, "free_netdev");
    machine.emit({ type: "netdev-misused", device, how: "bad-state", fn: "free_netdev", state: 2 });
    machine.emit({
      type: "oops",
      message: "kernel BUG at net/core/dev.c",
      stack: machine.stack(),
      fatal: false,
    });
    expect(engine.violations.map((v) => v.rule)).toEqual(["life-free-registered"]);
    expect(engine.violations[0]?.related.at(-1)?.message).toContain("kernel BUG");
  });

  it("reports an oops that nothing explains", () => {
    const { machine, engine } = setUp();
    machine
      .at(20)
      .emit({ type: "oops", message: "NULL pointer dereference", stack: machine.stack(), fatal: false });
    expect(engine.violations[0]).toMatchObject({ rule: "oops", place: { line: 20 } });
  });

  it("explains a deadlock by the error that led to it", () => {
    const { machine, engine, found } = setUp();
    const a = lock(1);
    machine.at(5, "spin_lock").acquire(a);
    machine
      .at(6, "spin_lock")
      .emit({ type: "lock-acquire", lock: a, kind: "spin", variant: "plain", trylock: false });
    const waits = [{ task: machine.task, cpu: 0, why: "spins on a", on: a, place: place(6) }];
    machine.emit({ type: "deadlock", message: "CPU 0 spins on a", waits });
    expect(found()).toEqual(["lock-recursion"]);
    expect(engine.violations[0]?.alsoRules).toContain("deadlock");
  });

  it("believes the kernel when it names a rule", () => {
    const { machine, found } = setUp();
    machine.at(3).emit({ type: "api-misused", fn: "f", message: "m", rule: "irq-enable-balance" });
    machine.at(4).emit({ type: "api-misused", fn: "f", message: "m", rule: "no-such-rule" });
    expect(found()).toEqual(["irq-enable-balance"]);
  });

  it("leaves advice out unless asked", () => {
    const advice: Rule = {
      ...RULES.find((rule) => rule.id === "stat-null")!,
      id: "some-advice",
      severity: "advice",
      listen: (ctx) => ({ "run-limit": () => ctx.report({ message: "m" }) }),
    };
    for (const asked of [false, true]) {
      const { machine, found } = setUp({ advice: asked }, [advice]);
      machine.emit({ type: "run-limit", ticks: 1 });
      expect(found()).toEqual(asked ? ["some-advice"] : []);
    }
  });
});

describe("reports in dmesg", () => {
  it("look like the kernel's, with the rule and the other half of the story below", () => {
    const { machine } = setUp();
    machine.at(8, "spin_lock").acquire(lock(1));
    sleep(machine.at(10, "msleep"), "msleep");
    expect(machine.dmesg()).toBe(
      [
        "BUG: sleeping function called from invalid context at driver.ts:10",
        "in_atomic():1, irqs_disabled():0",
        "Call Trace:",
        " [dev.ts:1] msleep",
        " [driver.ts:10] my_xmit",
        "netdev-lab: error: msleep() may sleep, but the lock of driver.ts:1 is held since driver.ts:8 [ctx-sleep-atomic]",
        "netdev-lab:   the lock of driver.ts:1 was taken at driver.ts:8, CPU 0, tick 2",
        "",
      ].join("\n"),
    );
  });

  it("can be turned off", () => {
    const { machine } = setUp({ dmesg: false });
    sleep(machine.at(10, "msleep"), "msleep");
    expect(machine.dmesg()).toBe("");
  });
});

describe("held locks", () => {
  it("are known for each CPU, with place and context", () => {
    const { machine, engine } = setUp();
    const [a, b] = [lock(1), lock(2)];
    machine.at(4, "spin_lock").acquire(a);
    machine.inContext("softirq", "TIMER", () => machine.at(9, "spin_lock").acquire(b));
    expect(engine.heldLocks(0).map((h) => [h.lock, h.place?.line, h.context.name])).toEqual([
      [a, 4, "task0"],
      [b, 9, "TIMER"],
    ]);
    expect(engine.heldLocks(1)).toEqual([]);
    machine.release(a);
    expect(engine.heldLocks(0).map((h) => h.lock)).toEqual([b]);
  });
});
