/** The machine alone: small programs in the kernel's flavour that use the module `machine` directly. */
import { describe, expect, it } from "vitest";
import { type CompiledModule, call, compile, link, resumable } from "../../sim/instrument/index.ts";
import type { Place } from "../../sim/machine/events.ts";
import { hostModule } from "../../sim/machine/host-module.ts";
import { Machine, type MachineConfig, type RunState } from "../../sim/machine/machine.ts";
import { type Decision, FixedOrder, RandomWalk, Replay } from "../../sim/machine/schedule.ts";

interface Run {
  readonly machine: Machine;
  readonly end: RunState;
  readonly log: readonly unknown[];
  /** Stack of each oops. */
  readonly oopses: readonly (readonly Place[])[];
}

/** Runs `main()` of a program as the main task on CPU 0. */
function run(source: string, config: Partial<MachineConfig> = {}, slice = 1 << 26): Run {
  const module: CompiledModule = compile(source, { id: "test.ts", file: "test.ts", points: "accesses" });
  expect(module.diagnostics).toEqual([]);
  const machine = new Machine({ cpus: 2, seed: 1, maxTicks: 5_000_000, ...config });
  machine.places.modelModules.add(module);
  const log: unknown[] = [];
  const oopses: (readonly Place[])[] = [];
  machine.on("oops", (event) => oopses.push(event.stack));
  const hosts: Record<string, Record<string, unknown>> = {
    machine: hostModule(machine),
    test: { log: (value: unknown) => void log.push(value) },
  };
  const { modules } = link([module], machine, { resolve: () => null, host: (specifier) => hosts[specifier] });
  const [loaded] = modules;
  const none = (): void => {
    throw new Error("native call");
  };
  machine.mainTask = machine.createTask(
    "main",
    resumable(none, function* () {
      yield* loaded!.init();
      yield* call(loaded!.exports.main as never, undefined, []);
    }),
    null,
    { cpu: 0 },
  );
  let end = machine.run(slice);
  while (end.kind === "slice") end = machine.run(slice);
  return { machine, end, log, oopses };
}

const IMPORTS = `
import { at_ns, block, cancel_vector, choose, cpu_id, delay_ns, irq_disable, irq_enable, migrate, now_ns, point, prepare_block,
  current_task, preempt_count_add, request_vector, run_context, set_interrupt_entry, sleep_ns, spin_until, task_create, wake, yield_cpu } from "machine";
import { log } from "test";
`;

const LOST_UPDATE = `${IMPORTS}
const p = { mask: 0 };
const done = [false, false];
function add(cpu: number): void { for (let i = 0; i < 50; i++) { p.mask += 1; } done[cpu] = true; }
export function main(): void {
  task_create("a", add, 0, { cpu: 0 });
  task_create("b", add, 1, { cpu: 1 });
  while (!done[0] || !done[1]) sleep_ns(1000);
  log(p.mask);
}`;

describe("interleaving", () => {
  it("loses an update between two CPUs' read and write under some seed, and keeps all under fixed order", () => {
    const sums = Array.from(
      { length: 20 },
      (_, i) => run(LOST_UPDATE, { seed: i + 1, strategy: new RandomWalk(i + 1) }).log[0] as number,
    );
    expect(Math.min(...sums)).toBeLessThan(100);
    expect(run(LOST_UPDATE, { strategy: new FixedOrder() }).log).toEqual([100]);
  });

  it("gives the same history for the same seed, whatever the size of the slices", () => {
    const whole = run(LOST_UPDATE, { seed: 7 });
    const sliced = run(LOST_UPDATE, { seed: 7 }, 13);
    expect(sliced.log).toEqual(whole.log);
    expect(sliced.machine.historyHash).toBe(whole.machine.historyHash);
    expect(sliced.machine.nowNs).toBe(whole.machine.nowNs);
    expect(run(LOST_UPDATE, { seed: 8 }).machine.historyHash).not.toBe(whole.machine.historyHash);
  });

  it("replays a recorded schedule exactly", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const recorded = run(LOST_UPDATE, { seed });
      const decisions: Decision[] = JSON.parse(JSON.stringify(recorded.machine.decisions));
      const replayed = run(LOST_UPDATE, { seed, strategy: new Replay(decisions) });
      expect(replayed.machine.historyHash).toBe(recorded.machine.historyHash);
      expect(replayed.machine.decisions).toEqual(recorded.machine.decisions);
    }
  });

  it("says where a program parts from a schedule that is not its own", () => {
    const { machine } = run(LOST_UPDATE, { seed: 3 });
    const other = LOST_UPDATE.replace("i < 50", "i < 3");
    expect(() => run(other, { strategy: new Replay(machine.decisions) })).toThrow(
      /parts from this program at scheduling point/,
    );
  });
});

describe("waiting", () => {
  it("blocks until woken, and does not lose a wake that came after prepare_block", () => {
    const { log, end } = run(`${IMPORTS}
      let ready = false;
      export function main(): void {
        const me = current_task();
        task_create("waker", () => { ready = true; wake(me); }, null, { cpu: 1 });
        for (;;) { prepare_block(); if (ready) break; block("waits for the waker"); }
        log("woken");
      }`);
    expect(log).toEqual(["woken"]);
    expect(end).toEqual({ kind: "ended", reason: "finished" });
  });

  it("jumps over idle time and sleeps exactly", () => {
    const { log } = run(
      `${IMPORTS} export function main(): void { const t = now_ns(); sleep_ns(5e9); log(now_ns() - t >= 5e9 && now_ns() - t < 5e9 + 1000); }`,
    );
    expect(log).toEqual([true]);
  });

  it("reports two spinners that wait for each other as a deadlock", () => {
    const { end, machine } = run(`${IMPORTS}
      const a = { id: 1, held: false }, b = { id: 2, held: false };
      function take(first: typeof a, second: typeof a): void {
        first.held = true; sleep_ns(10000); spin_until(second, "spins on " + second.id, () => !second.held);
      }
      export function main(): void { task_create("other", () => take(b, a), null, { cpu: 1 }); take(a, b); }`);
    expect(end).toEqual({ kind: "ended", reason: "deadlock" });
    expect(machine.ended).toBe("deadlock");
  });

  it("reports a task that nobody will wake as a hang", () => {
    const { end } = run(`${IMPORTS} export function main(): void { block("waits for ever"); }`);
    expect(end).toEqual({ kind: "ended", reason: "hang" });
  });

  it("ends an endless loop at the limit of ticks, also inside a native callback", () => {
    expect(run(`export function main(): void { for (;;) {} }`, { maxTicks: 20_000 }).end).toEqual({
      kind: "ended",
      reason: "run-limit",
    });
    const nested = `export function main(): void { [2, 1].sort(() => { for (;;) {} }); }`;
    expect(run(nested, { maxTicks: 20_000 }).end).toEqual({ kind: "ended", reason: "run-limit" });
  });

  it("skips time for a loop that only time can end, without running into the limit", () => {
    const { log, end } = run(
      `${IMPORTS}
      const p = { ready: false };
      export function main(): void {
        task_create("sleeper", () => { sleep_ns(2e9); p.ready = true; }, null, { cpu: 1 });
        while (!p.ready) {}
        log(now_ns() >= 2e9);
      }`,
      { maxTicks: 500_000 },
    );
    expect(log).toEqual([true]);
    expect(end).toEqual({ kind: "ended", reason: "finished" });
  });

  it("moves a task to another CPU and back", () => {
    const { log } = run(
      `${IMPORTS} export function main(): void { log(cpu_id()); migrate(1); log(cpu_id()); migrate(0); log(cpu_id()); }`,
    );
    expect(log).toEqual([0, 1, 0]);
  });
});

describe("interrupts", () => {
  const HANDLER = `${IMPORTS}
    let count = 0;
    function entry(vector: number): void { count++; log("irq " + vector); }`;

  it("are taken only while interrupts are on, as a context of their own", () => {
    const { log } = run(`${HANDLER}
      export function main(): void {
        set_interrupt_entry(entry);
        irq_disable();
        request_vector(5, 0);
        for (let i = 0; i < 200; i++) point();
        log("still off " + count);
        irq_enable();
        for (let i = 0; count === 0 && i < 10_000; i++) point();
        log("on");
      }`);
    expect(log).toEqual(["still off 0", "irq 5", "on"]);
  });

  it("arrive on an idle CPU and on one that busy-waits", () => {
    const { log } = run(`${HANDLER}
      export function main(): void {
        set_interrupt_entry(entry);
        request_vector(7, 1);
        at_ns(now_ns() + 50_000, () => request_vector(8, 0));
        delay_ns(100_000);
        log("done");
      }`);
    expect(log).toEqual(["irq 7", "irq 8", "done"]);
  });

  it("keep an exception inside: an oops in a handler ends the run, not the interrupted code", () => {
    const { end, log, machine } = run(`${HANDLER}
      function broken(): void { const p: { x: number } | null = null; log((p as unknown as { x: number }).x); }
      export function main(): void {
        set_interrupt_entry(broken);
        try { request_vector(3, 0); for (let i = 0; i < 1000; i++) point(); } catch { log("caught"); }
      }`);
    expect(log).toEqual([]);
    expect(end).toEqual({ kind: "ended", reason: "oops" });
    expect(machine.ended).toBe("oops");
  });
});

describe("oopses", () => {
  it("end the task, not the run: others go on", () => {
    const { log, end } = run(`${IMPORTS}
      function dies(): void { try { (null as unknown as { x: number }).x; } finally { log("unwound"); } }
      export function main(): void { task_create("dies", dies, null, { cpu: 1 }); sleep_ns(1e6); log("alive"); }`);
    expect(log).toEqual(["unwound", "alive"]);
    expect(end).toEqual({ kind: "ended", reason: "finished" });
  });

  it("show where the exception was thrown, whatever finally blocks it passed", () => {
    const { oopses } = run(`${IMPORTS}
      function read(p: { x: number } | null): number {
        return p!.x;
      }
      function outer(): void {
        try {
          try {
            read(null);
          } finally {
            log("inner");
          }
        } finally {
          point();
          log("outer");
        }
      }
      export function main(): void { outer(); }`);
    expect(oopses.map((stack) => stack.map(({ fn, line }) => `${fn}:${line}`))).toEqual([
      ["read:7", "outer:12", "main:21"],
    ]);
  });

  it("report a stack overflow instead of dying of it", () => {
    const { machine, end } = run(
      `function deep(n: number): number { return deep(n + 1) + 1; } export function main(): void { deep(0); }`,
    );
    expect(end.kind).toBe("ended");
    expect(machine.tasks[machine.mainTask!.id]!.state).toBe("ended");
  });
});
