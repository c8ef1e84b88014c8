/** Breakpoints of every kind. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { type Session, withSession } from "./support/session.ts";

type BreakpointChange = Dap.BreakpointEvent["body"];

/** Continues to the end; the values of an expression at each stop. */
async function valuesAtStops(session: Session, expression: string, most = 30): Promise<string[]> {
  const values: string[] = [];
  let over = false;
  const end = session.client.terminated.then(() => {
    over = true;
  });
  for (let n = 0; n < most; n++) {
    const stop = await Promise.race([session.client.event("stopped"), end]);
    if (over || stop === undefined) break;
    values.push(await session.evaluate(stop as never, expression));
    await session.client.request("continue", { threadId: 1 });
  }
  return values;
}

describe("source breakpoints", () => {
  it("are verified at once, before the program is launched, and stop there", () =>
    withSession("workers", { breakpoints: ["#bp add"] }, async (session) => {
      const line = session.line("#bp add");
      expect(session.breakpoints).toMatchObject([
        { verified: true, line, source: { path: session.program } },
      ]);
      const stop = await session.stopped();
      expect(stop).toMatchObject({
        reason: "breakpoint",
        allThreadsStopped: true,
        hitBreakpointIds: [session.breakpoints[0]!.id],
        description: "Paused on breakpoint",
      });
      expect(await session.top(stop)).toMatchObject({ name: "add", line, source: { path: session.program } });
    }));

  it("move to the next statement and say so", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const line = session.line("#bp add");
        const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "setBreakpoints",
          {
            source: { path: session.program },
            breakpoints: [{ line: line - 2 }, { line: 10_000 }],
          },
        );
        expect(breakpoints).toMatchObject([
          { verified: true, line, message: expect.stringMatching(/moved to line/) },
          { verified: false, message: "there is no statement in or below line 10000" },
        ]);
      },
      "initialize",
    ));

  it("are refused with a reason in files that are not part of the program", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      await session.stopped();
      const other = session.program.replace("workers.ts", "endless.ts");
      const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
        "setBreakpoints",
        {
          source: { path: other },
          breakpoints: [{ line: 10 }],
        },
      );
      expect(breakpoints).toMatchObject([
        { verified: false, message: expect.stringMatching(/not part of the program/) },
      ]);
    }));

  it("say when the file is missing", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "setBreakpoints",
          {
            source: { path: "/nowhere.ts" },
            breakpoints: [{ line: 10 }],
          },
        );
        expect(breakpoints).toMatchObject([{ verified: false, message: "there is no file /nowhere.ts" }]);
      },
      "initialize",
    ));

  it("tell by an event when the launch shows that they are elsewhere", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const other = session.program.replace("workers.ts", "endless.ts");
        const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "setBreakpoints",
          {
            source: { path: other },
            breakpoints: [{ line: 10 }],
          },
        );
        expect(breakpoints[0]?.verified).toBe(true);
        await session.client.request("launch", session.launchArguments());
        const change = await session.client.event<BreakpointChange>("breakpoint");
        expect(change).toMatchObject({
          reason: "changed",
          breakpoint: { id: breakpoints[0]!.id, verified: false },
        });
      },
      "initialize",
    ));

  it("stop at the statement in the column", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const line = session.line("#bp two statements");
        const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "breakpointLocations",
          {
            source: { path: session.program },
            line,
          },
        );
        expect(breakpoints.map((b) => b.line)).toEqual([line, line]);
        const column = breakpoints[1]!.column!;
        expect(column).toBeGreaterThan(breakpoints[0]!.column!);
        const set = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>("setBreakpoints", {
          source: { path: session.program },
          breakpoints: [{ line, column }],
        });
        expect(set.breakpoints[0]).toMatchObject({ verified: true, line, column });
        await session.client.request("launch", session.launchArguments());
        await session.client.request("configurationDone");
        expect(await session.top(await session.stopped())).toMatchObject({ line, column });
      },
      "initialize",
    ));

  it("hold only under their condition", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp add", condition: "amount === 2 && cpu == 1" }] },
      async (session) => {
        const values = await valuesAtStops(session, "[amount, cpu].join()");
        expect(values).toEqual(Array(5).fill('"2,1"'));
      },
    ));

  it("know cpu, context, held, tick and task", () =>
    withSession(
      "workers",
      {
        breakpoints: [
          { marker: "#bp add", condition: 'context === "process+irq" && held.length === 2 && tick > 0' },
        ],
      },
      async (session) => {
        const stop = await session.stopped();
        expect(await session.evaluate(stop, "held.join()")).toBe('"lock,other_lock"');
        expect(await session.evaluate(stop, "task")).toMatch(/worker/);
      },
    ));

  it("count hits", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", hitCondition: "% 4" }] },
      async (session) => {
        expect(await valuesAtStops(session, "round")).toHaveLength(2); // 10 rounds in all
      },
    ));

  it("count only hits under the condition", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "id === 1", hitCondition: "3" }] },
      async (session) => {
        expect(await valuesAtStops(session, "[id, round].join()")).toEqual(['"1,2"']);
      },
    ));

  it("log instead of stopping", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", logMessage: "round {round} of {id}, \\{{missing}\\}" }] },
      async (session) => {
        expect(session.breakpoints[0]).toMatchObject({ verified: true });
        const change = await session.client.event<BreakpointChange>("breakpoint");
        expect(change.breakpoint).toMatchObject({ verified: false, message: "missing is not defined here" });
        await session.finished();
      },
    ));

  it("log with a link to the place", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", logMessage: "round {round} of {id}" }] },
      async (session) => {
        const output = await session.client.event<Dap.OutputEvent["body"]>("output", (body) =>
          body.output.includes("round 0 of 1"),
        );
        expect(output).toMatchObject({
          output: "[CPU 0 process] round 0 of 1\n",
          source: { path: session.program },
          line: session.line("#bp round"),
        });
        await session.finished();
        expect(session.client.events("stopped")).toEqual([]);
        expect(session.client.outputs().match(/round \d of \d\n/g)).toHaveLength(10);
      },
    ));

  it.each([
    [{ condition: "amount ===" }, /cannot read/],
    [{ hitCondition: "often" }, /hit condition/],
    [{ logMessage: "{" }, /without a }/],
  ])("say what is wrong with %j at once", (more, message) =>
    withSession(
      "workers",
      {},
      async (session) => {
        const [breakpoint] = await session.setBreakpoints([{ marker: "#bp add", ...more }]);
        expect(breakpoint).toMatchObject({ verified: false, message: expect.stringMatching(message) });
      },
      "initialize",
    ),
  );

  it("stop and tell when a condition fails while the program runs", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp add", condition: "amount.x.y === 1" }] },
      async (session) => {
        await session.stopped();
        expect(session.client.outputs()).toMatch(
          /The condition "amount\.x\.y === 1" failed: cannot read "y" of undefined/,
        );
      },
    ));

  it("can be taken away while the program stands", () =>
    withSession("workers", { breakpoints: ["#bp add"] }, async (session) => {
      await session.stopped();
      await session.setBreakpoints([]);
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(0);
    }));

  it("can be set while the program runs", () =>
    withSession("endless", {}, async (session) => {
      await session.client.event<Dap.OutputEvent["body"]>("output", (body) =>
        body.output.includes("counting"),
      );
      await session.setBreakpoints(["#bp count"]);
      expect(await session.top(await session.stopped())).toMatchObject({ line: session.line("#bp count") });
    }));

  it("keep their number when the list is sent again", () =>
    withSession("workers", { breakpoints: ["#bp add"] }, async (session) => {
      await session.stopped();
      const again = await session.setBreakpoints(["#bp round", "#bp add"]);
      expect(again[1]!.id).toBe(session.breakpoints[0]!.id);
      expect(again[0]!.id).not.toBe(again[1]!.id);
    }));

  it("in the simulated kernel stop there", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      const stop = await session.stopped();
      const inside = await session.resume("stepIn", stop.threadId);
      expect((await session.top(inside)).name).toBe("add");
      await session.setBreakpoints([]);
      const { sources } = await session.client.request<{ sources: Dap.Source[] }>("loadedSources");
      const source = sources.find(({ path }) => path?.endsWith("kernel/spinlock.ts"))!;
      const { content } = await session.client.request<{ content: string }>("source", {
        source,
        sourceReference: source.sourceReference,
      });
      const line =
        content.split("\n").findIndex((text) => text.startsWith("export function spin_unlock(")) + 1;
      const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
        "setBreakpoints",
        {
          source,
          breakpoints: [{ line }],
        },
      );
      expect(breakpoints[0]).toMatchObject({ verified: true });
      const there = await session.resume("continue");
      expect(await session.top(there)).toMatchObject({
        name: "spin_unlock",
        source: { name: "spinlock.ts" },
      });
    }));
});

describe("function breakpoints", () => {
  it("stop in the function of that name", () =>
    withSession("workers", { functions: [{ name: "locked_add" }] }, async (session) => {
      expect(session.functions).toMatchObject([{ verified: false }]);
      const change = await session.client.event<BreakpointChange>("breakpoint");
      expect(change.breakpoint).toMatchObject({ verified: true, line: session.line("#bp locked_add") });
      const stop = await session.stopped();
      expect(stop).toMatchObject({
        reason: "function breakpoint",
        hitBreakpointIds: [session.functions[0]!.id],
      });
      expect(await session.top(stop)).toMatchObject({
        name: "locked_add",
        line: session.line("#bp locked_add"),
      });
    }));

  it("stop in kernel functions", () =>
    withSession("workers", { functions: [{ name: "kthread_create" }] }, async (session) => {
      expect(session.functions).toMatchObject([{ verified: true }]);
      const stop = await session.stopped();
      const [top, caller] = await session.frames(stop.threadId);
      expect(top).toMatchObject({ name: "kthread_create", presentationHint: "subtle" });
      expect(caller).toMatchObject({ name: "start" });
    }));

  it("stop in whatever is installed as a callback, under a condition", () =>
    withSession(
      "workers",
      { functions: [{ name: "kthread", condition: "id === 2", hitCondition: "1" }] },
      async (session) => {
        expect(session.functions).toMatchObject([{ verified: true }]);
        const stop = await session.stopped();
        expect(stop.reason).toBe("function breakpoint");
        expect(await session.top(stop)).toMatchObject({ name: "worker" });
        expect(await session.evaluate(stop, "id")).toBe("2");
      },
    ));

  it("stop in hard_start_xmit of a driver", () =>
    withSession("examples/snull/snull.ts", { functions: [{ name: "hard_start_xmit" }] }, async (session) => {
      expect(session.functions).toMatchObject([{ verified: true }]);
      const stop = await session.stopped();
      expect(await session.top(stop)).toMatchObject({
        name: "snull_tx",
        line: session.line("// #bp snull_tx"),
      });
      const learnt = session.client.events<BreakpointChange>("breakpoint").at(-1);
      expect(learnt?.breakpoint).toMatchObject({ verified: true, line: session.line("// #bp snull_tx") });
    }));

  it("say that there is no such function", () =>
    withSession(
      "workers",
      { functions: [{ name: "nonsense" }], breakpoints: ["#bp init"] },
      async (session) => {
        await session.stopped();
        const again = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "setFunctionBreakpoints",
          {
            breakpoints: [{ name: "nonsense" }],
          },
        );
        expect(again.breakpoints).toMatchObject([
          { verified: false, message: "there is no function nonsense, and no callback of that name" },
        ]);
      },
    ));
});
