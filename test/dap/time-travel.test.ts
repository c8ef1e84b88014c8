/** Time runs backwards: steps back, to previous stops, to any moment; and what the user changes there. */
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

interface State {
  readonly tick: number;
  readonly statements: number;
  readonly historyHash: string;
}

const stateOf = (session: Session): Promise<State> => session.client.request<State>("netdev-lab/state");

async function go(session: Session, command: string, args: object): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

/** All that a user sees of a stop. */
async function seen(session: Session, stop: Stopped): Promise<unknown> {
  const { tick, statements, historyHash } = await stateOf(session);
  const top = await session.top(stop);
  const locals = [...(await session.scope(stop, "Locals"))].map(([name, { value }]) => [name, value]);
  return { tick, statements, historyHash, name: top.name, line: top.line, locals };
}

describe("stepping back", () => {
  it("undoes steps exactly, one after the other, across calls and context switches", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] },
      async (session) => {
        let stop = await session.stopped();
        await session.setBreakpoints([]);
        const before: unknown[] = [];
        for (let n = 0; n < 12; n++) {
          before.push(await seen(session, stop));
          stop = await session.resume("next", stop.threadId);
          expect(stop.reason).toBe("step");
        }
        while (before.length > 0) {
          stop = await go(session, "stepBack", { threadId: stop.threadId });
          expect(stop).toMatchObject({ reason: "step", threadId: 2, allThreadsStopped: true });
          expect(await seen(session, stop)).toEqual(before.pop());
        }
      },
    ));

  // https://github.com/farre/midas/issues/184
  it("farre/midas#184: goes over calls, not into them", () =>
    withSession("workers", { breakpoints: ["#bp unlock"] }, async (session) => {
      let stop = await session.stopped();
      const line = session.line("#bp unlock");
      const cpu = stop.threadId;
      await session.setBreakpoints([]);
      for (const expected of [line - 1, line - 2, line - 3]) {
        stop = await go(session, "stepBack", { threadId: cpu });
        expect(stop).toMatchObject({ reason: "step", threadId: cpu });
        expect(await session.top(stop)).toMatchObject({ name: "locked_add", line: expected });
      }
      stop = await go(session, "netdev-lab/reverseStep", { threadId: cpu, mode: "out" });
      expect((await session.top(stop)).name).toBe("worker");
    }));

  it("goes into calls if that is asked for, and out of them", () =>
    withSession("workers", { breakpoints: ["#bp added"] }, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      stop = await go(session, "netdev-lab/reverseStep", { threadId: stop.threadId, mode: "in" });
      expect(await session.top(stop)).toMatchObject({ name: "add", line: session.line("#bp add") + 2 });
      stop = await go(session, "netdev-lab/reverseStep", { threadId: stop.threadId, mode: "out" });
      expect(await session.top(stop)).toMatchObject({ name: "locked_add", line: session.line("#bp held") });
    }));

  // https://github.com/microsoft/vscode/issues/77323
  it("microsoft/vscode#77323: says that the user is in the past", () =>
    withSession("workers", { breakpoints: ["#bp unlock"] }, async (session) => {
      let stop = await session.stopped();
      expect(stop.description).not.toMatch(/◀/);
      stop = await go(session, "stepBack", { threadId: stop.threadId });
      expect(stop.description).toMatch(/^◀ Paused on step/);
      expect(stop.text).toMatch(/in the past: t = .* statements before the end/);
    }));
});

describe("reverse continue", () => {
  it("stops at the previous hits of breakpoints, in order, and at the beginning", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      const forward: unknown[] = [];
      let stop = await session.stopped();
      for (let n = 0; n < 5; n++) {
        forward.push(await seen(session, stop));
        stop = await session.resume("continue");
      }
      while (forward.length > 0) {
        stop = await go(session, "reverseContinue", { threadId: 1 });
        expect(stop).toMatchObject({ reason: "breakpoint", hitBreakpointIds: [session.breakpoints[0]!.id] });
        expect(await seen(session, stop)).toEqual(forward.pop());
      }
      stop = await go(session, "reverseContinue", { threadId: 1 });
      expect(stop).toMatchObject({
        reason: "entry",
        description: expect.stringMatching(/beginning of the recording/),
      });
      stop = await session.resume("continue");
      expect(stop).toMatchObject({ reason: "breakpoint" });
    }));

  it("counts hits backwards too", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp held", hitCondition: "% 2" }] },
      async (session) => {
        const at: number[] = [];
        let stop = await session.stopped();
        for (let n = 0; n < 3; n++) {
          at.push((await stateOf(session)).statements);
          stop = await session.resume("continue");
        }
        for (const expected of at.reverse()) {
          stop = await go(session, "reverseContinue", { threadId: 1 });
          expect(stop.reason).toBe("breakpoint");
          expect((await stateOf(session)).statements).toBe(expected);
        }
      },
    ));

  it("stops at the end of the recording, and goes on live from there", () =>
    withSession("workers", { breakpoints: ["#bp unlock"] }, async (session) => {
      let stop = await session.stopped();
      const end = await stateOf(session);
      await session.setBreakpoints([]);
      stop = await go(session, "reverseContinue", { threadId: 1 });
      stop = await session.resume("continue");
      expect(stop).toMatchObject({
        reason: "pause",
        description: "Paused at the end of the recording — continue live?",
      });
      expect(await stateOf(session)).toMatchObject({
        statements: end.statements,
        historyHash: end.historyHash,
      });
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(0);
      // nothing of the log came twice
      expect(session.client.outputs().match(/loaded/g) ?? []).toHaveLength(
        new Set(session.client.outputs().match(/.*loaded.*/g) ?? []).size,
      );
    }));
});

describe("seeking", () => {
  it("goes to a tick, a statement, a time, an event and the end", () =>
    withSession("workers", { breakpoints: ["#bp unlock"] }, async (session) => {
      await session.stopped();
      const end = await stateOf(session);
      await go(session, "netdev-lab/seek", { statement: 500 });
      const early = await stateOf(session);
      expect(early.statements).toBe(500);
      await go(session, "netdev-lab/seek", { tick: Math.floor(end.tick / 2) });
      expect((await stateOf(session)).tick).toBeGreaterThanOrEqual(Math.floor(end.tick / 2));
      await go(session, "netdev-lab/seek", { event: 10 });
      await go(session, "netdev-lab/seek", { timeNs: 5000 });
      await go(session, "netdev-lab/seek", { end: true });
      expect(await stateOf(session)).toMatchObject({
        statements: end.statements,
        historyHash: end.historyHash,
      });
      await go(session, "netdev-lab/seek", { statement: 500 });
      expect((await stateOf(session)).historyHash).toBe(early.historyHash);
      expect(await session.client.refusal("netdev-lab/seek", {})).toMatch(/name one of/);
    }));
});

describe("changing the past", () => {
  it("forks the timeline; the old future stays reachable, and the fork replays", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      let stop = await session.stopped();
      stop = await session.resume("continue");
      stop = await session.resume("continue");
      const old = await stateOf(session);
      stop = await go(session, "reverseContinue", { threadId: 1 });
      await session.evaluate(stop, "1 + 1", "repl");
      expect(session.client.outputs()).not.toMatch(/timeline forks/);
      await session.evaluate(stop, 'printk("changed the past\\n")', "repl");
      expect(session.client.outputs()).toMatch(/The timeline forks at .*timeline 1/);
      stop = await session.resume("continue");
      const changed = await stateOf(session);
      expect(changed.historyHash).not.toBe(old.historyHash);
      await go(session, "netdev-lab/seek", { statement: 400 });
      await go(session, "netdev-lab/seek", { end: true });
      expect((await stateOf(session)).historyHash).toBe(changed.historyHash);
      await go(session, "netdev-lab/seek", { timeline: 1, end: true });
      expect((await stateOf(session)).historyHash).toBe(old.historyHash);
    }));
});
