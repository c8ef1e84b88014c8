/**
 * What users of other debuggers have asked for in public, about stepping, focus, freezing, data breakpoints and going back in
 * time. Each address is the name of a test, here or beside this file, which fails when the behaviour is taken out.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

/** Address → what is wanted. */
const COMPLAINTS: Readonly<Record<string, string>> = {
  // stepping and focus
  "microsoft/vscode#30002": "a step ends on the thread that was stepped",
  "microsoft/vscode-cpptools#864": "the same",
  "dotnet/vscode-csharp#1617": "the same",
  "microsoft/debugpy#609": "others go on while one thread is stepped",
  "microsoft/vscode#65920": "the focus stays while a step takes long",
  "microsoft/vscode#68955": "the focus stays",
  "microsoft/vscode#322448": "the focus stays on slow steps",
  "microsoft/vscode#140845": "threads and frames stay where they are in the list",
  "microsoft/vscode-java-debug#722": "a breakpoint stops all threads",
  "microsoft/vscode-java-debug#271": "continue lets all threads go on",
  // one thread alone
  "microsoft/vscode#166450": "one thread is stepped while the others stand",
  "microsoft/vscode#189313": "the same",
  "microsoft/debug-adapter-protocol#421": "the same",
  "microsoft/debugpy#797": "one thread goes on while the others stand",
  "zed-industries/zed#63224": "single-threaded steps never hang",
  "microsoft/vscode#205230": "a thread is frozen",
  "microsoft/vscode-dotnettools#2932": "the same",
  "x13pixels/remedybg-issues#32": "all threads but one are frozen",
  // data breakpoints
  "microsoft/debugpy#1291": "a stop where a value changes",
  "microsoft/vscode-python#21237": "the same, from the list of variables",
  "microsoft/vscode#58304": "conditions and kinds of access",
  "microsoft/vscode#126358": "a stop where a watched expression changes",
  // back in time
  "farre/midas#184": "a step back goes over calls",
  "farre/midas#187": "the run goes on from an event that is named",
  "farre/midas#214": "no recorder has to be installed or started",
  "rr-debugger/rr#2131": "back to an event",
  "rr-debugger/rr#2966": "to the end of the recording",
  "rr-debugger/rr#604": "named moments",
  "microsoft/vscode#77323": "one sees that one is in the past",
  "microsoft/vscode-debugadapter-node#131": "every step has its inverse",
  "microsoft/vscode#85215": "back into calls",
  "microsoft/vscode#13705": "back to the previous breakpoint",
  "microsoft/vscode#42383": "the same",
  "microsoft/vscode-cpptools#2130": "steps back at all",
  "golang/vscode-go#1529": "the same",
  "swissmanu/rxjs-debugging-for-vscode#62": "the same",
};

describe("each complaint", () => {
  const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
  const titles = tests
    .flatMap((name) => readFileSync(join(import.meta.dirname, name), "utf8").split("\n"))
    .filter((line) => /^\s*(it|describe)(\.each\(.*\))?\(/.test(line))
    .join("\n");

  it.each(Object.entries(COMPLAINTS))("%s (%s) names a test", (address) => {
    expect(titles).toMatch(new RegExp(`["\`].*${address.replace(/[.]/g, "\\.")}[,:]`));
  });
});

interface State {
  readonly statements: number;
  readonly historyHash: string;
  readonly events?: number;
  readonly cpus: readonly { place: { line: number } | null }[];
}

const stateOf = (session: Session): Promise<State> => session.client.request<State>("netdev-lab/state");

async function go(session: Session, command: string, args: object): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

/** CPU 1 stops while the other is at work, too, and neither holds the lock. */
const bothFree = {
  launch: { seed: 2 },
  breakpoints: [{ marker: "#bp after", condition: "cpu == 1 && !spin_is_locked(lock)", hitCondition: "2" }],
};

describe("focus", () => {
  it("microsoft/vscode#65920, microsoft/vscode#68955, microsoft/vscode#322448: a step is one stop, on its thread, and nothing before", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "cpu == 1" }] },
      async (session) => {
        const { client } = session;
        const { threadId } = await session.stopped();
        await session.setBreakpoints([]);
        for (let n = 0; n < 8; n++) {
          const from = client.received.length;
          await client.request("next", { threadId });
          await session.stopped();
          await client.request("threads");
          const events = client.received.slice(from).filter(({ type }) => type === "event");
          // neither another thread's stop nor a "continued" takes the focus away
          const moving = events
            .map(({ event }) => event)
            .filter((event) => event === "stopped" || event === "continued");
          expect(moving).toEqual(["stopped"]);
          expect(events.find(({ event }) => event === "stopped")!.body).toMatchObject({
            threadId,
            reason: "step",
          });
          expect(events.find(({ event }) => event === "stopped")!.body).not.toHaveProperty(
            "preserveFocusHint",
          );
        }
      },
    ));

  it("microsoft/vscode#140845: threads and frames keep number and place from stop to stop", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      const { client } = session;
      const list = async (): Promise<number[]> =>
        (await client.request<{ threads: { id: number }[] }>("threads")).threads.map(({ id }) => id);
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      const before = await session.frames(stop.threadId);
      for (let n = 0; n < 4; n++) {
        expect(await list()).toEqual([1, 2]);
        stop = await session.resume("next", stop.threadId);
      }
      const ids = new Map(before.map(({ name, id }) => [name, id]));
      const after = await session.frames(stop.threadId);
      const outer = after.filter(({ name }) => name !== "locked_add" && ids.has(name));
      expect(outer.length).toBeGreaterThan(1);
      for (const { name, id } of outer) expect(id).toBe(ids.get(name));
      expect(client.events("thread")).toHaveLength(2);
    }));

  it("microsoft/vscode-java-debug#722, microsoft/vscode-java-debug#271: one stops, all stop; continue lets all go on", () =>
    withSession(
      "contend",
      { launch: { seed: 2 }, breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] },
      async (session) => {
        const stop = await session.stopped();
        expect(stop.allThreadsStopped).toBe(true);
        const stands = await stateOf(session);
        // every thread can be looked at, and none moves meanwhile
        for (const threadId of [1, 2]) expect((await session.frames(threadId)).length).toBeGreaterThan(0);
        expect(await stateOf(session)).toEqual(stands);
        await session.setBreakpoints([{ marker: "#bp after", condition: "cpu == 0" }]);
        const { allThreadsContinued } = await session.client.request<{ allThreadsContinued: boolean }>(
          "continue",
          {
            threadId: stop.threadId,
          },
        );
        expect(allThreadsContinued).toBe(true);
        expect((await session.stopped()).threadId).toBe(1);
      },
    ));
});

describe("one thread alone", () => {
  it("microsoft/debugpy#797, x13pixels/remedybg-issues#32: goes on while all others stand", () =>
    withSession("contend", bothFree, async (session) => {
      await session.stopped();
      const placeOfOther = async () => (await stateOf(session)).cpus[0]!.place;
      const other = await placeOfOther();
      await session.setBreakpoints(["#bp after"]);
      for (let n = 0; n < 5; n++) {
        const stop = await go(session, "continue", { threadId: 2, singleThread: true });
        expect(stop).toMatchObject({ reason: "breakpoint", threadId: 2 });
        expect(await placeOfOther()).toEqual(other);
      }
      // without that it would not have stood
      await session.setBreakpoints([{ marker: "#bp after", condition: "cpu == 1" }]);
      for (let n = 0; n < 5; n++) await session.resume("continue");
      expect(await placeOfOther()).not.toEqual(other);
    }));
});

describe("a data breakpoint", () => {
  it("microsoft/vscode-python#21237, microsoft/vscode#126358: is set on a row of the variables, and on an expression that is watched", () =>
    withSession("workers", { breakpoints: ["#bp locked_add"] }, async (session) => {
      const { client } = session;
      const stop = await session.stopped();
      await session.setBreakpoints([]);
      const { id: frameId } = await session.top(stop);
      const { variablesReference } = (await session.scopes(frameId)).get("Module")!;
      const asked = [
        { variablesReference, name: "total" },
        { name: "total", frameId },
      ];
      for (const args of asked) {
        const { dataId } = await client.request<{ dataId: string }>("dataBreakpointInfo", args);
        await client.request("setDataBreakpoints", { breakpoints: [{ dataId, accessType: "write" }] });
        const hit = await session.resume("continue", stop.threadId);
        expect(hit).toMatchObject({
          reason: "data breakpoint",
          text: expect.stringMatching(/^total: \d+ → \d+ by CPU/),
        });
      }
    }));
});

describe("back in time", () => {
  it("microsoft/vscode-cpptools#2130, golang/vscode-go#1529, swissmanu/rxjs-debugging-for-vscode#62, farre/midas#214: is possible at the first stop, with nothing set up before", () =>
    withSession("workers", { breakpoints: ["#bp unlock"] }, async (session) => {
      expect(session.capabilities.supportsStepBack).toBe(true);
      const stop = await session.stopped();
      const back = await go(session, "stepBack", { threadId: stop.threadId });
      expect(back).toMatchObject({ reason: "step", threadId: stop.threadId });
      expect((await session.top(back)).line).toBe(session.line("#bp unlock") - 1);
    }));

  it("microsoft/vscode#13705, microsoft/vscode#42383: goes to the breakpoint that was hit before", () =>
    withSession("workers", { breakpoints: ["#bp held", "#bp printk"] }, async (session) => {
      const stops: [number, number][] = [];
      const note = async (stop: Stopped): Promise<void> => {
        stops.push([(await session.top(stop)).line, (await stateOf(session)).statements]);
      };
      await note(await session.stopped());
      for (let n = 0; n < 3; n++) await note(await session.resume("continue"));
      for (const [line, statements] of stops.slice(0, -1).reverse()) {
        const stop = await go(session, "reverseContinue", { threadId: 1 });
        expect(await session.top(stop)).toMatchObject({ line });
        expect((await stateOf(session)).statements).toBe(statements);
      }
    }));

  it("microsoft/vscode-debugadapter-node#131, microsoft/vscode#85215: has an inverse of each step: over, into, out, and by statements", () =>
    withSession("workers", { breakpoints: ["#bp added"] }, async (session) => {
      const { threadId } = await session.stopped();
      await session.setBreakpoints([]);
      const names: string[] = [];
      for (const mode of ["in", "statement", "out", "over", "out"]) {
        const stop = await go(session, "netdev-lab/reverseStep", { threadId, mode });
        expect(stop).toMatchObject({ reason: "step", threadId });
        names.push((await session.top(stop)).name);
      }
      expect(names).toEqual(["add", "add", "locked_add", "locked_add", "worker"]);
    }));

  it("farre/midas#187, rr-debugger/rr#2131, rr-debugger/rr#2966: leads to an event by its number, on from there, and to the end", () =>
    withSession("workers", { breakpoints: ["#bp exit"] }, async (session) => {
      await session.stopped();
      const end = await stateOf(session);
      await session.setBreakpoints(["#bp held"]);
      const before: number[] = [];
      for (const event of [60, 40]) {
        const stop = await go(session, "netdev-lab/seek", { event });
        expect(stop.description).toMatch(/^◀/);
        before.push((await stateOf(session)).statements);
      }
      expect(before[1]).toBeLessThan(before[0]!);
      const hit = await session.resume("continue");
      expect(hit).toMatchObject({ reason: "breakpoint", description: expect.stringMatching(/^◀/) });
      expect((await stateOf(session)).statements).toBeGreaterThan(before[1]!);
      await go(session, "netdev-lab/seek", { end: true });
      expect(await stateOf(session)).toMatchObject({
        statements: end.statements,
        historyHash: end.historyHash,
      });
    }));
});
