import { describe, expect, it } from "vitest";
import { RuleEngine } from "../engine.ts";
import { FakeMachine } from "../testing/fake-machine.ts";

/** hard_start_xmit of a device runs, called with interrupts off (by netpoll) or on, and turns them on. */
function turnsOn(irqsDisabled: boolean): string[] {
  const machine = new FakeMachine();
  const engine = new RuleEngine(machine);
  const before = { preemptCount: 0, irqsDisabled };
  const call = { slot: "hard_start_xmit", owner: { id: 1 }, name: "my_xmit", args: [], before };
  machine.at(5).emit({ type: "callback-entered", ...call });
  machine.at(6, "spin_unlock_irq").emit({ type: "irqs-on" });
  return engine.violations.map((v) => v.rule);
}

describe("ctx-xmit-irqs-on", () => {
  it("sees that interrupts come on in a call that netpoll made with interrupts off", () => {
    expect(turnsOn(true)).toContain("ctx-xmit-irqs-on");
  });

  it("accepts _irq locks where the caller has interrupts on", () => {
    expect(turnsOn(false)).toEqual([]);
  });
});
