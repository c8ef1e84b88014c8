/** Steps of the hardware are decisions of the schedule: enabled by time, recorded, replayed. */
import { describe, expect, it } from "vitest";
import { call, compile, link, resumable } from "../../sim/instrument/index.ts";
import { hostModule } from "../../sim/machine/host-module.ts";
import { Machine } from "../../sim/machine/machine.ts";
import { FixedOrder, RandomWalk, Replay, type Strategy } from "../../sim/machine/schedule.ts";

const PROGRAM = `
import { point, sleep_ns } from "machine";
import { note } from "hardware:test";
export function main() {
  for (let i = 0; i < 60; i++) { point(); note("cpu"); }
  sleep_ns(10_000);
  note("end");
}
`;

function play(strategy: Strategy) {
  const machine = new Machine({ cpus: 2, seed: 1, maxTicks: 100_000, strategy });
  const notes: string[] = [];
  const compiled = compile(PROGRAM, { id: "/p.ts", file: "/p.ts", points: "explicit" });
  const linked = link([compiled], machine, {
    resolve: () => null,
    host: (name) =>
      name === "machine" ? hostModule(machine) : { note: (text: string) => void notes.push(text) },
  });
  const agent = machine.hardware.agent("pump");
  const stroke = (left: number) => {
    notes.push(`hw@${machine.nowNs >= 500}`);
    if (left > 0) agent.after(300, () => stroke(left - 1));
  };
  agent.after(500, () => stroke(4));
  machine.mainTask = machine.createTask(
    "init",
    resumable(
      () => {
        throw new Error("native");
      },
      function* () {
        yield* linked.init();
        yield* call(linked.byId.get("/p.ts")!.exports.main as never, undefined, []);
      },
    ),
    null,
    { cpu: 0 },
  );
  const end = machine.run(1 << 20);
  return { end, notes, decisions: machine.decisions, hash: machine.historyHash };
}

describe("hardware steps", () => {
  it("happen in fixed order as soon as their time has come, between the CPU's steps", () => {
    const { end, notes } = play(new FixedOrder());
    expect(end).toMatchObject({ kind: "ended" });
    expect(notes.filter((n) => n === "hw@true")).toHaveLength(5);
    expect(notes.indexOf("hw@true")).toBeGreaterThan(0);
    expect(notes.indexOf("hw@true")).toBeLessThan(59);
  });

  it("all happen before the run is over, however unlucky the schedule", () => {
    for (let seed = 1; seed <= 20; seed++)
      expect(play(new RandomWalk(seed)).notes.filter((n) => n === "hw@true")).toHaveLength(5);
  });

  it("depend on the seed, are recorded, and are replayed exactly", () => {
    const first = play(new RandomWalk(7));
    expect(first.decisions.some((d) => d[1] === "hardware")).toBe(true);
    const orders = new Set([1, 2, 3, 4, 5].map((seed) => play(new RandomWalk(seed)).notes.join()));
    expect(orders.size).toBeGreaterThan(1);
    const again = play(new Replay(first.decisions));
    expect(again.notes).toEqual(first.notes);
    expect(again.hash).toBe(first.hash);
  });
});
