import { expect, test } from "vitest";
import type { HardwareState } from "../../debug-adapter/messages/hardware.ts";
import type { MachineState, WaitState } from "../../debug-adapter/messages/machine.ts";
import { cpusAndLocks } from "./cpusAndLocks.ts";
import { spoken, timeText } from "./node.ts";
import { packetNode, timelineNodes } from "./packetsAndTimelines.ts";
import { ringsAndRegisters } from "./ringsAndRegisters.ts";

const place = { file: "/m/driver.ts", line: 7, column: 3, fn: "xmit" };
const wait: WaitState = {
  task: "a",
  cpu: 0,
  on: "&priv->lock",
  sinceNs: 0,
  place,
  holder: "b",
  holderCpu: 1,
  takenAt: { ...place, line: 9 },
};
const state = {
  executingCpu: 0,
  cpus: [
    {
      id: 0,
      context: "process+bh",
      contexts: [{ kind: "process", name: "a", title: "process a" }],
      irqsDisabled: true,
      preemptCount: 2,
      frozen: false,
      pendingInterrupts: [11],
      waitsFor: "spins on &priv->lock",
      task: "a",
      place,
      locks: [
        {
          name: "xmit_lock",
          kind: "spin",
          variant: "bh",
          context: "process a",
          takenAt: place,
          heldNs: 1500,
        },
      ],
    },
  ],
  tasks: [],
  waits: [wait],
  deadlocks: [[wait, { ...wait, task: "b", cpu: 1, on: "xmit_lock", holder: "a", holderCpu: 0 }]],
} as unknown as MachineState;

test("a deadlock stands first, as a circle in words", () => {
  expect(cpusAndLocks(state)[0]).toMatchObject({
    label: "Deadlock: a (CPU 0) → &priv->lock → b (CPU 1) → xmit_lock → a",
    open: true,
    children: [{ description: "held by b (CPU 1)" }, { description: "held by a (CPU 0)" }],
  });
});

test("a CPU shows contexts, what it waits for, its locks and pending interrupts", () => {
  const cpu = cpusAndLocks(state)[1]!;
  expect(cpu.description).toBe("process+bh · irqs off · preempt count 2 · executes");
  expect(cpu.children?.map(({ label }) => label)).toEqual([
    "process a",
    "spins on &priv->lock",
    "holds xmit_lock (bh)",
    "interrupt 11 is pending",
  ]);
  expect(cpu.children?.[2]?.description).toBe("taken at driver.ts:7, for 1.5 µs");
});

test("a line is spoken with all that it shows and what Enter does", () => {
  expect(spoken({ id: "x", label: "holds a", description: "for 1 ns", place })).toBe(
    "holds a, for 1 ns. Press Enter to open driver.ts:7.",
  );
  expect(spoken({ id: "x", label: "freed", event: 3 })).toBe("freed. Press Enter to travel there.");
  expect([timeText(12), timeText(1_500), timeText(2_000_000), timeText(3e9)]).toEqual([
    "12 ns",
    "1.5 µs",
    "2 ms",
    "3 s",
  ]);
});

test("what a register and a ring were at the last stop is said in words", () => {
  const card = (value: number, tail: number): HardwareState => ({
    cards: [
      {
        name: "0000:00:03.0",
        title: "LabNIC",
        gone: false,
        powerState: 0,
        irq: 11,
        asserted: true,
        carrier: true,
        registers: [{ name: "CTRL", offset: 0, value, bits: { RST: value & 1 } }],
        rings: [
          {
            name: "tx",
            base: 4096,
            head: 0,
            tail,
            descriptors: [{ index: 0, bus: 4096, owner: tail > 0 ? "card" : "driver", fields: null }],
          },
        ],
        posted: [],
        mappings: [],
      },
    ],
  });
  const [node] = ringsAndRegisters(card(1, 1), card(0, 0));
  expect(node?.children?.[0]?.children?.[0]?.description).toBe("0x1 RST (changed, was 0x0)");
  expect(node?.children?.[1]).toMatchObject({
    description: "head 0 · tail 1 (changed, was 0x0) · 1 descriptors",
    children: [{ label: "[0] card", description: "head · changed · no mapping is there" }],
  });
});

test("packets and timelines are one line each", () => {
  const packet = { skb: 4, timeNs: 2000, event: 9, summary: "IP a > b", last: "given to sn0", freed: false };
  expect(packetNode(packet)).toMatchObject({ label: "2 µs IP a > b", description: "skb 4 · given to sn0" });
  const branch = { id: 2, parent: 1, current: true, forkedAt: 30, end: 90, events: 12, changes: [] };
  const [node] = timelineNodes({ timelines: [{ ...branch, violations: [{ event: 5, text: "skb-uaf" }] }] });
  expect(node?.description).toBe("forked from 1 at statement 30 · 90 statements, 12 events");
  expect(node?.children).toMatchObject([{ label: "skb-uaf", event: 5, timeline: 2 }]);
});
