/** What views ask for: waits and deadlocks, the recording as picture and text, packets, hardware, timelines. */
import { describe, expect, it } from "vitest";
import type { HardwareState } from "../../debug-adapter/messages/hardware.ts";
import type { MachineState } from "../../debug-adapter/messages/machine.ts";
import type { PacketLife, Packets } from "../../debug-adapter/messages/packets.ts";
import type { EventRows, TimelineSlice } from "../../debug-adapter/messages/timeline.ts";
import type { Branches } from "../../debug-adapter/messages/timelines.ts";
import { withSession } from "./support/session.ts";

describe("the state", () => {
  it("shows held locks with where and how long", () =>
    withSession("contend", { breakpoints: ["#bp unlock"] }, async (session) => {
      await session.stopped();
      const { cpus, executingCpu } = await session.client.request<MachineState>("netdev-lab/state");
      const { locks } = cpus[executingCpu]!;
      expect(locks).toMatchObject([{ name: "lock", takenAt: { line: session.line("#bp lock") } }]);
      expect(locks[0]!.heldNs).toBeGreaterThan(0);
    }));

  it("shows a wait that is no deadlock as a wait", () =>
    withSession("contend", { launch: { seed: 2 }, breakpoints: ["#bp unlock"] }, async (session) => {
      await session.stopped();
      for (let n = 0; n < 60; n++) {
        const { waits, deadlocks } = await session.client.request<MachineState>("netdev-lab/state");
        expect(deadlocks).toEqual([]);
        if (waits.length > 0) {
          expect(waits[0]).toMatchObject({ on: "lock", takenAt: { line: session.line("#bp lock") } });
          return;
        }
        await session.resume("continue");
      }
      expect.fail("nobody ever waited");
    }));
});

describe("the recording", () => {
  const snull = { launch: { seed: 1 }, breakpoints: [{ marker: "#bp snull_tx", hitCondition: "3" }] };

  it("has a lane for each CPU, and is the same after a journey through the past", () =>
    withSession("examples/snull/snull.ts", snull, async (session) => {
      await session.stopped();
      const ask = (): Promise<TimelineSlice> =>
        session.client.request<TimelineSlice>("netdev-lab/timeline", { axis: "events", columns: 5000 });
      const before = await ask();
      expect(before.lanes.map(({ title }) => title)).toEqual(expect.arrayContaining(["CPU 0"]));
      const texts = before.names.join("\n");
      expect(texts).toMatch(/snull_open \(open\)/);
      expect(texts).toMatch(/xmit_lock held by/);
      const { rows } = await session.client.request<EventRows>("netdev-lab/events", {
        filter: { text: "snull_open" },
      });
      await session.client.request("netdev-lab/seek", { event: rows[0]!.event });
      await session.stopped();
      const past = await ask();
      expect(past.now).toBeLessThan(before.now);
      expect({ ...past, now: before.now }).toEqual(before);
      expect((await session.top(await goEnd(session))).line).toBe(session.line("#bp snull_tx"));
      expect(await ask()).toEqual(before);
    }));

  it("follows a packet", () =>
    withSession("examples/snull/snull.ts", snull, async (session) => {
      await session.stopped();
      const { packets, total } = await session.client.request<Packets>("netdev-lab/packets");
      expect(packets).toHaveLength(total);
      const ip = packets.find(({ summary }) => summary.startsWith("IP "))!;
      const life = await session.client.request<PacketLife>("netdev-lab/packet", { skb: ip.skb });
      expect(life.steps[0]!.what).toMatch(/^allocated/);
      expect(life.steps.some(({ what }) => /^given to sn\d/.test(what))).toBe(true);
      expect(await session.client.refusal("netdev-lab/packet", { skb: 99999 })).toMatch(/no skb 99999/);
    }));

  it("tells of the cards and the timelines, without an effect on the run", () =>
    withSession("examples/snull/snull.ts", snull, async (session) => {
      await session.stopped();
      const { historyHash } = await session.client.request<MachineState>("netdev-lab/state");
      expect((await session.client.request<HardwareState>("netdev-lab/hardware")).cards).toEqual([]);
      const { timelines } = await session.client.request<Branches>("netdev-lab/timelines");
      expect(timelines).toMatchObject([{ id: 1, parent: null, current: true, changes: [] }]);
      expect((await session.client.request<MachineState>("netdev-lab/state")).historyHash).toBe(historyHash);
    }));
});

async function goEnd(session: Parameters<Parameters<typeof withSession>[2]>[0]) {
  await session.client.request("netdev-lab/seek", { end: true });
  return session.stopped();
}
