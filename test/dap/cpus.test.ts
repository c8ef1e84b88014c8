/** Every CPU in hand: run alone, frozen, interrupted; and no client is left waiting. Names are addresses of complaints. */
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

interface State {
  readonly historyHash: string;
  readonly statements: number;
  readonly cpus: readonly {
    id: number;
    frozen: boolean;
    locks: unknown[];
    place: { line: number } | null;
    pendingInterrupts: number[];
  }[];
}

const stateOf = (session: Session): Promise<State> => session.client.request<State>("netdev-lab/state");

async function go(session: Session, command: string, args: object): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

/** Stops where CPU 1 holds the lock that CPU 0 will want. */
const holding = { launch: { seed: 2 }, breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] };

describe("a frozen CPU", () => {
  it("microsoft/vscode#205230, microsoft/vscode-dotnettools#2932: executes nothing while others run, and says so in its name", () =>
    withSession(
      "contend",
      { breakpoints: [{ marker: "#bp round", condition: "cpu == 1" }] },
      async (session) => {
        await session.stopped();
        const place = (await stateOf(session)).cpus[1]!.place;
        expect(await session.client.request("netdev-lab/freeze", { threadIds: [2], frozen: true })).toEqual({
          frozen: [2],
        });
        const { threads } = await session.client.request<{ threads: { name: string }[] }>("threads");
        expect(threads[1]!.name).toMatch(/frozen/);
        await session.setBreakpoints(["#bp after"]);
        for (let n = 0; n < 3; n++) {
          const stop = await session.resume("continue");
          expect(stop).toMatchObject({ reason: "breakpoint", threadId: 1 });
          expect((await stateOf(session)).cpus[1]!.place).toEqual(place);
        }
        expect(await session.client.refusal("next", { threadId: 2 })).toMatch(/CPU 1 is frozen: thaw it/);
        await session.client.request("netdev-lab/freeze", { threadIds: [2], frozen: false });
        await session.setBreakpoints([]);
        await session.client.request("continue", { threadId: 1 });
        expect(await session.finished()).toBe(0);
      },
    ));

  it("that holds what another waits for stops the run at once, with the lock, its holder and the place", () =>
    withSession("contend", holding, async (session) => {
      await session.stopped();
      await session.setBreakpoints([]);
      await session.client.request("netdev-lab/freeze", { threadIds: [2], frozen: true });
      const stop = await session.resume("continue");
      const taken = session.line("#bp lock");
      expect(stop).toMatchObject({ reason: "pause", threadId: 1 });
      expect(stop.description).toBe(
        `CPU 0 waits for lock held by CPU 1 (frozen), taken at contend.ts:${taken}`,
      );
      expect((await session.frames(1)).map(({ name }) => name)).toContain("hold");
      // the way out: CPU 1 runs alone until it has let go
      await session.client.request("netdev-lab/freeze", { threadIds: [2], frozen: false });
      const before = (await stateOf(session)).cpus[1]!.locks.length;
      const released = await go(session, "netdev-lab/runCpu", { threadId: 2, until: "release" });
      expect(released).toMatchObject({ reason: "step", threadId: 2 });
      expect((await stateOf(session)).cpus[1]!.locks.length).toBeLessThan(before);
      expect((await stateOf(session)).cpus.map(({ frozen }) => frozen)).toEqual([false, false]);
    }));

  it("cannot be the only one that is left", () =>
    withSession("contend", holding, async (session) => {
      await session.stopped();
      expect(await session.client.refusal("netdev-lab/freeze", { threadIds: [1, 2], frozen: true })).toMatch(
        /at least one/,
      );
      expect(await session.client.refusal("netdev-lab/freeze", { threadIds: [7], frozen: true })).toMatch(
        /no thread 7/,
      );
    }));

  it("is frozen again when the history is run again", () =>
    withSession("contend", holding, async (session) => {
      await session.stopped();
      await session.setBreakpoints([]);
      await session.client.request("netdev-lab/freeze", { threadIds: [2], frozen: true });
      await session.resume("continue");
      const blocked = await stateOf(session);
      await go(session, "netdev-lab/seek", { statement: 300 });
      expect((await stateOf(session)).cpus[1]!.frozen).toBe(false);
      await go(session, "netdev-lab/seek", { end: true });
      expect(await stateOf(session)).toMatchObject({
        historyHash: blocked.historyHash,
        cpus: [{ frozen: false }, { frozen: true }],
      });
    }));
});

describe("a single-thread request", () => {
  it("microsoft/vscode#166450, microsoft/vscode#189313, microsoft/debug-adapter-protocol#421: steps one CPU while the others stand", () =>
    withSession(
      "contend",
      {
        launch: { seed: 2 },
        breakpoints: [
          { marker: "#bp after", condition: "cpu == 1 && !spin_is_locked(lock)", hitCondition: "2" },
        ],
      },
      async (session) => {
        let stop = await session.stopped();
        await session.setBreakpoints([]);
        const other = (await stateOf(session)).cpus[0]!.place;
        // the last step leaves the function: all rounds that are left
        for (const command of ["next", "stepIn", "next", "next", "stepOut"]) {
          stop = await go(session, command, { threadId: 2, singleThread: true });
          expect(stop).toMatchObject({ reason: "step", threadId: 2 });
          const { cpus } = await stateOf(session);
          expect(cpus[0]!.place).toEqual(other);
          expect(cpus.some(({ frozen }) => frozen)).toBe(false);
        }
        expect((await session.top(stop)).name).not.toBe("contender");
      },
    ));

  it("zed-industries/zed#63224: every step single-threaded never hangs, whoever holds the lock", () =>
    withSession("contend", holding, async (session) => {
      await session.stopped();
      await session.setBreakpoints([]);
      let blocked = 0;
      for (let n = 0; n < 12; n++) {
        const stop = await go(session, n % 2 === 0 ? "next" : "stepIn", { threadId: 1, singleThread: true });
        expect(stop.threadId).toBe(1);
        if (/CPU 0 waits for lock held by CPU 1 \(frozen\)/.test(stop.description ?? "")) blocked++;
      }
      expect(blocked).toBeGreaterThan(0);
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(0);
    }));

  it("says that other threads stand still", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "cpu == 1" }] },
      async (session) => {
        await session.stopped();
        await session.setBreakpoints(["#bp printk"]);
        const body = await session.client.request<{ allThreadsContinued: boolean }>("continue", {
          threadId: 2,
          singleThread: true,
        });
        expect(body.allThreadsContinued).toBe(false);
        expect((await session.stopped()).threadId).toBe(2);
      },
    ));
});

describe("a plain step", () => {
  it("microsoft/debugpy#609, microsoft/vscode#30002, microsoft/vscode-cpptools#864, dotnet/vscode-csharp#1617: ends on the thread that was stepped, others go on", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "cpu == 1" }] },
      async (session) => {
        let stop = await session.stopped();
        await session.setBreakpoints([]);
        const start = (await stateOf(session)).statements;
        for (let n = 0; n < 8; n++) {
          stop = await session.resume("next", 2);
          expect(stop).toMatchObject({ reason: "step", threadId: 2, allThreadsStopped: true });
        }
        expect((await stateOf(session)).statements).toBeGreaterThan(start + 8);
      },
    ));

  it("of the granularity instruction goes one statement, and back", () =>
    withSession("workers", { breakpoints: ["#bp two statements"] }, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      const here = await session.top(stop);
      stop = await go(session, "next", { threadId: stop.threadId, granularity: "instruction" });
      const there = await session.top(stop);
      expect([there.name, there.line, there.column]).not.toEqual([here.name, here.line, here.column]);
      stop = await go(session, "stepBack", { threadId: stop.threadId, granularity: "instruction" });
      const back = await session.top(stop);
      expect([back.name, back.line, back.column]).toEqual([here.name, here.line, here.column]);
    }));
});

describe("an interrupt", () => {
  it("that is not pending cannot be delivered", () =>
    withSession("contend", holding, async (session) => {
      await session.stopped();
      expect(await session.client.refusal("netdev-lab/interrupt", { threadId: 2, irq: 99 })).toMatch(
        /no interrupt 99 can be delivered to CPU 1/,
      );
    }));

  it("that is pending is delivered now, and stops at its first statement", () =>
    withSession("interrupts", { breakpoints: ["#bp raised"] }, async (session) => {
      let stop = await session.stopped();
      const pending = async (): Promise<number> =>
        (await stateOf(session)).cpus.findIndex((cpu) => cpu.pendingInterrupts.length > 0);
      for (let n = 0; n < 40 && (await pending()) < 0; n++) stop = await session.resume("continue");
      const threadId = (await pending()) + 1;
      expect(threadId).toBeGreaterThan(0);
      stop = await go(session, "netdev-lab/interrupt", { threadId });
      expect(stop).toMatchObject({ reason: "step", threadId });
      expect((await session.frames(threadId)).some(({ name }) => /interrupt \d+ on top of/.test(name))).toBe(
        true,
      );
      await session.setBreakpoints(["#bp handler"]);
      stop = await session.resume("continue");
      expect(stop).toMatchObject({ reason: "breakpoint", threadId });
    }));
});

describe("a card", () => {
  interface Hardware {
    readonly cards: readonly {
      posted: unknown[];
      rings: { name: string; tail: number; descriptors: { owner: string }[] }[];
    }[];
  }

  /** Writes on their way, and what the transmitter has been offered. */
  const seen = async ({ client }: Session) => {
    const { posted, rings } = (await client.request<Hardware>("netdev-lab/hardware")).cards[0]!;
    const { tail, descriptors } = rings.find(({ name }) => name === "tx")!;
    return {
      posted: posted.length,
      tail,
      offered: descriptors.filter(({ owner }) => owner === "card").length,
    };
  };

  it("does its next steps while every CPU stands, and does them again when the history is run again", () =>
    withSession(
      "examples/labnic/labnic.ts",
      { functions: [{ name: "hard_start_xmit" }] },
      async (session) => {
        let stop = await session.stopped();
        stop = await session.resume("stepOut", stop.threadId);
        const before = await stateOf(session);
        const step = async (): Promise<string> => {
          stop = await go(session, "netdev-lab/stepCard", {});
          expect(stop).toMatchObject({ reason: "event", allThreadsStopped: true });
          return stop.text!;
        };
        // writes arrive one by one, then the packet is the card's, then it is sent
        for (let left = (await seen(session)).posted; left > 0; left = (await seen(session)).posted) {
          expect(await step()).toMatch(/posted writes has done its next step/);
          expect((await seen(session)).posted).toBe(left - 1);
        }
        expect(await seen(session)).toEqual({ posted: 0, tail: 1, offered: 1 });
        for (let n = 0; n < 30 && (await seen(session)).offered > 0; n++) await step();
        expect((await seen(session)).offered).toBe(0);
        const after = await stateOf(session);
        expect(after.statements).toBe(before.statements);
        expect(after.cpus.map(({ place }) => place)).toEqual(before.cpus.map(({ place }) => place));
        expect(after.historyHash).not.toBe(before.historyHash);
        await go(session, "netdev-lab/seek", { statement: 200 });
        await go(session, "netdev-lab/seek", { end: true });
        expect((await stateOf(session)).historyHash).toBe(after.historyHash);
        expect(await seen(session)).toMatchObject({ posted: 0, tail: 1, offered: 0 });
        expect(await session.client.refusal("netdev-lab/stepCard", { agent: "nobody" })).toMatch(
          /nobody has nothing to do now; .*labnic0/,
        );
      },
    ));

  it("that is not there is missed", () =>
    withSession("contend", holding, async (session) => {
      await session.stopped();
      expect(await session.client.refusal("netdev-lab/stepCard", {})).toMatch(/no card in this run/);
    }));
});
