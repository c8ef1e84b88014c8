import { describe, expect, it } from "vitest";
import { RuleEngine } from "../engine.ts";
import { FakeMachine, lock } from "../testing/fake-machine.ts";

function setUp() {
  const machine = new FakeMachine();
  const engine = new RuleEngine(machine);
  return { machine, found: () => engine.violations.map((v) => v.rule), engine };
}

function inIrq(machine: FakeMachine, irq: number, body: () => void): void {
  machine.inContext("hardirq", `irq ${irq}`, () => {
    machine.emit({ type: "irq-entered", irq });
    body();
    machine.emit({ type: "irq-handled", irq, result: 1 });
  });
}

/** The driver has a handler on these lines. */
function request(machine: FakeMachine, ...irqs: number[]): void {
  for (const irq of irqs)
    machine.emit({ type: "irq-requested", irq, name: "eth", flags: 0, devId: irq, handler: null, result: 0 });
}

describe("lock-irq-self", () => {
  it("sees a lock of a handler taken with interrupts on, without the deadlock", () => {
    const { machine, engine } = setUp();
    const a = lock(1);
    request(machine, 11);
    machine.at(5, "spin_lock").acquire(a);
    machine.release(a);
    inIrq(machine, 11, () => {
      machine.at(9, "spin_lock").acquire(a);
      machine.release(a);
    });
    expect(engine.violations[0]).toMatchObject({ rule: "lock-irq-self", place: { line: 5 } });
  });

  it("accepts a plain lock before the handler is there, and after it has gone", () => {
    const { machine, found } = setUp();
    const a = lock(1);
    const plainly = (): void => {
      machine.at(5, "spin_lock").acquire(a);
      machine.release(a);
    };
    plainly();
    request(machine, 11);
    inIrq(machine, 11, () => {
      machine.at(9, "spin_lock").acquire(a);
      machine.release(a);
    });
    machine.emit({ type: "irq-freed", irq: 11, devId: 11, found: true });
    plainly();
    expect(found()).toEqual([]);
  });

  it("accepts a handler that takes its own lock plainly, interrupts on", () => {
    const { machine, found } = setUp();
    request(machine, 11);
    inIrq(machine, 11, () => machine.at(9, "spin_lock").acquire(lock(1)));
    expect(found()).toEqual([]);
  });

  it("accepts a plain lock while the line is disabled (8390)", () => {
    const { machine, found } = setUp();
    const a = lock(1);
    request(machine, 11);
    inIrq(machine, 11, () => {
      machine.at(9, "spin_lock").acquire(a);
      machine.release(a);
    });
    machine.at(5).emit({ type: "irq-disabled", irq: 11, depth: 1 });
    machine.at(6, "spin_lock").acquire(a);
    expect(found()).toEqual([]);
  });

  it("sees that another line's handler can interrupt", () => {
    const { machine, found } = setUp();
    const a = lock(1);
    request(machine, 11, 12);
    for (const irq of [11, 12]) {
      inIrq(machine, irq, () => {
        machine.at(irq, "spin_lock").acquire(a);
        machine.release(a);
      });
    }
    expect(found()).toContain("lock-irq-self");
  });

  it("accepts two cards on two lines, each handler with its own lock of one class", () => {
    const { machine, found } = setUp();
    request(machine, 11, 12);
    for (const irq of [11, 12]) {
      inIrq(machine, irq, () => {
        machine.at(9, "spin_lock").acquire(lock(irq, "driver.ts:7"));
        machine.release(lock(irq, "driver.ts:7"));
      });
    }
    expect(found()).toEqual([]);
  });

  it("lets readers in handlers and readers elsewhere be", () => {
    const { machine, found } = setUp();
    const a = lock(1);
    request(machine, 11);
    machine.at(5, "read_lock").acquire(a, "read");
    machine.emit({
      type: "lock-release",
      lock: a,
      kind: "read",
      variant: "plain",
      wasHeld: true,
      heldByMe: true,
    });
    inIrq(machine, 11, () => machine.at(9, "read_lock").acquire(a, "read"));
    expect(found()).toEqual([]);
  });
});

describe("lock-order", () => {
  const nest = (
    machine: FakeMachine,
    line: number,
    outer: ReturnType<typeof lock>,
    inner: typeof outer,
  ): void => {
    machine.at(line, "spin_lock").acquire(outer);
    machine.at(line + 1, "spin_lock").acquire(inner);
    machine.release(inner);
    machine.release(outer);
  };

  it("sees both orders of two classes in one run", () => {
    const { machine, engine } = setUp();
    const [a, b] = [lock(1), lock(2)];
    nest(machine, 10, a, b);
    nest(machine, 20, b, a);
    expect(engine.violations[0]).toMatchObject({ rule: "lock-order", place: { line: 21 } });
    expect(engine.violations[0]?.related).toHaveLength(4);
  });

  it("sees a cycle of three", () => {
    const { machine, found } = setUp();
    const [a, b, c] = [lock(1), lock(2), lock(3)];
    nest(machine, 10, a, b);
    nest(machine, 20, b, c);
    expect(found()).toEqual([]);
    nest(machine, 30, c, a);
    expect(found()).toEqual(["lock-order"]);
  });

  it("accepts two instances of one class in one order only", () => {
    const { machine, found } = setUp();
    const [a, b] = [lock(1, "driver.ts:7"), lock(2, "driver.ts:7")];
    nest(machine, 10, a, b);
    nest(machine, 20, a, b);
    expect(found()).toEqual([]);
    nest(machine, 30, b, a);
    expect(found()).toEqual(["lock-order"]);
  });

  it("sees two classes in both orders, each order on a device of its own", () => {
    const { machine, found } = setUp();
    const device = (id: number) => [lock(id, "driver.ts:7"), lock(id + 1, "driver.ts:8")] as const;
    const [tx, rx] = device(1);
    const [otherTx, otherRx] = device(11);
    nest(machine, 10, tx, rx);
    expect(found()).toEqual([]);
    nest(machine, 20, otherRx, otherTx);
    expect(found()).toEqual(["lock-order"]);
  });

  it("accepts both orders where a lock of each device keeps them apart", () => {
    const { machine, found } = setUp();
    const guarded = (id: number, outer: string, inner: string): void => {
      const guard = lock(id, "driver.ts:6");
      machine.at(id, "spin_lock").acquire(guard);
      nest(machine, id + 1, lock(id + 1, outer), lock(id + 2, inner));
      machine.release(guard);
    };
    guarded(10, "driver.ts:7", "driver.ts:8");
    guarded(20, "driver.ts:8", "driver.ts:7");
    expect(found()).toEqual([]);
  });

  it("leaves the order of the core's own locks to the core", () => {
    const { machine, found } = setUp();
    const [a, b] = [lock(1, "queue_lock"), lock(2, "xmit_lock")];
    const core = (outer: typeof a, inner: typeof a): void => {
      machine.at(10, "netif_carrier_on").acquire(outer);
      machine.at(10, "netif_carrier_on").acquire(inner);
      machine.release(inner);
      machine.release(outer);
    };
    core(a, b);
    core(b, a);
    expect(found()).toEqual([]);
  });
});

describe("unlocking", () => {
  it("without lock, and by another task", () => {
    const { machine, found } = setUp();
    const a = lock(1);
    machine.at(5, "spin_unlock").release(a, { wasHeld: false, heldByMe: false });
    machine.at(6, "spin_lock").acquire(a);
    machine.cpu = 1;
    machine.at(7, "spin_unlock").release(a, { heldByMe: false });
    expect(found()).toEqual(["lock-unlock-unheld", "lock-owner"]);
  });
});
