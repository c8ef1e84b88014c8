/**
 * Whole sessions word for word, forwards and back again: test/dap/golden. After a change that is meant,
 * `npx vitest run test/dap/golden.test.ts -u` writes them anew.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Dap } from "../../debug-adapter/protocol.ts";
import { type Session, type Stopped, withSession } from "./support/session.ts";
import { Transcript } from "./support/transcript.ts";

/** Leads a session from `initialize` to its end, and compares what was said. */
async function golden(
  name: string,
  model: string,
  lead: (t: Transcript, s: Session) => Promise<void>,
): Promise<void> {
  await withSession(
    model,
    {},
    async (session) => {
      const transcript = new Transcript(session);
      await lead(transcript, session);
      await expect(transcript.text).toMatchFileSnapshot(join(import.meta.dirname, "golden", `${name}.txt`));
    },
    "raw",
  );
}

const initialize = {
  adapterID: "netdev-lab",
  clientID: "golden",
  supportsVariableType: true,
  supportsInvalidatedEvent: true,
};

interface Plan {
  readonly launch?: object;
  readonly lines?: readonly Partial<Dap.SourceBreakpoint & { marker: string }>[];
  readonly functions?: readonly string[];
  readonly filters?: readonly string[];
}

/** As an editor does it, up to the first stop. */
async function begin(t: Transcript, session: Session, plan: Plan): Promise<Stopped> {
  await session.client.request("initialize", initialize);
  await session.client.event("initialized");
  const breakpoints = (plan.lines ?? []).map(({ marker, ...rest }) => ({
    line: session.line(marker!),
    ...rest,
  }));
  await t.ask("setBreakpoints", { source: { path: session.program }, breakpoints });
  if (plan.functions !== undefined)
    await t.ask("setFunctionBreakpoints", { breakpoints: plan.functions.map((name) => ({ name })) });
  await t.ask("setExceptionBreakpoints", { filters: plan.filters ?? [] });
  // drawn schedules change with every scheduling point of the simulated kernel
  await t.ask("launch", { program: session.program, strategy: "fixed", ...plan.launch });
  return t.move("configurationDone");
}

const noBreakpoints = (t: Transcript, session: Session) =>
  t.ask("setBreakpoints", { source: { path: session.program }, breakpoints: [] });

describe("a session, word for word", () => {
  it("steps forwards and back", () =>
    golden("steps", "workers", async (t, session) => {
      let stop = await begin(t, session, { lines: [{ marker: "#bp held", condition: "cpu == 1" }] });
      await t.ask("threads");
      await t.look(stop);
      await noBreakpoints(t, session);
      const { threadId } = stop;
      for (const command of ["next", "next", "stepOut", "stepIn"]) stop = await t.move(command, { threadId });
      await t.look(stop);
      stop = await t.move("netdev-lab/reverseStep", { threadId, mode: "out" });
      for (let n = 0; n < 3; n++) stop = await t.move("stepBack", { threadId });
      await t.look(stop);
      stop = await t.move("netdev-lab/reverseStep", { threadId, mode: "in" });
      await t.look(stop);
      await t.move("continue", { threadId });
      await t.end("continue", { threadId });
    }));

  it("goes from breakpoint to breakpoint, and back to the beginning", () =>
    golden("breakpoints", "workers", async (t, session) => {
      await begin(t, session, {
        lines: [
          { marker: "#bp held", hitCondition: "% 3" },
          { marker: "#bp printk", logMessage: "sum is {sum > 0}" },
        ],
        functions: ["workers_init"],
      });
      for (let n = 0; n < 3; n++) await t.move("continue", { threadId: 1 });
      for (let n = 0; n < 4; n++) await t.move("reverseContinue", { threadId: 1 });
      await t.move("netdev-lab/seek", { end: true });
      await t.end("terminate", {});
    }));

  it("freezes, blocks, and lets go", () =>
    golden("cpus", "workers", async (t, session) => {
      const stop = await begin(t, session, { lines: [{ marker: "#bp held" }] });
      const { threadId } = stop;
      await t.look(stop);
      await noBreakpoints(t, session);
      await t.ask("netdev-lab/freeze", { threadIds: [threadId], frozen: true });
      await t.ask("threads");
      await t.ask("next", { threadId });
      const blocked = await t.move("continue", { threadId });
      await t.look(blocked);
      await t.ask("netdev-lab/freeze", { threadIds: [threadId], frozen: false });
      await t.move("netdev-lab/runCpu", { threadId, until: "release" });
      await t.move("next", { threadId, singleThread: true });
      await t.move("stepBack", { threadId });
      await t.move("continue", { threadId });
      await t.end("continue", { threadId });
    }));

  it("watches a lock and a variable, forwards and back", () =>
    golden("data", "workers", async (t, session) => {
      const stop = await begin(t, session, { lines: [{ marker: "#bp locked_add" }] });
      const { id: frameId } = await t.look(stop);
      await noBreakpoints(t, session);
      const lock = await t.ask<{ dataId: string }>("dataBreakpointInfo", { name: "lock", frameId });
      const total = await t.ask<{ dataId: string }>("dataBreakpointInfo", { name: "total", frameId });
      await t.ask("setDataBreakpoints", {
        breakpoints: [
          { dataId: lock.dataId, accessType: "readWrite" },
          { dataId: total.dataId, accessType: "write", condition: "value > 1" },
        ],
      });
      for (let n = 0; n < 4; n++) await t.move("continue", { threadId: 1 });
      for (let n = 0; n < 3; n++) await t.move("reverseContinue", { threadId: 1 });
      await t.ask("setDataBreakpoints", { breakpoints: [] });
      await t.move("netdev-lab/lastAccess", { name: "total", frameId });
      await t.leave();
    }));

  it("changes the past, names a moment, and returns to the old future", () =>
    golden("timelines", "workers", async (t, session) => {
      const stop = await begin(t, session, { lines: [{ marker: "#bp added" }] });
      await noBreakpoints(t, session);
      await t.move("next", { threadId: stop.threadId });
      await t.ask("netdev-lab/checkpoint", { action: "set", name: "before" });
      await t.move("stepBack", { threadId: stop.threadId });
      const { id: frameId } = await t.look(stop);
      await t.ask("setExpression", { expression: "total", value: "40", frameId });
      await t.ask("evaluate", { expression: "total", frameId, context: "watch" });
      await t.move("next", { threadId: stop.threadId });
      await t.ask("netdev-lab/timelines");
      await t.move("netdev-lab/checkpoint", { action: "go", name: "before" });
      await t.ask("evaluate", { expression: "total", frameId, context: "watch" });
      await t.end("terminate", {});
    }));

  it("stops at a violation, explains it, and goes back to what brought it about", () =>
    golden("violation", "deadlock", async (t, session) => {
      const stop = await begin(t, session, { filters: ["lock", "deadlock"] });
      await t.ask("exceptionInfo", { threadId: stop.threadId });
      await t.look(stop);
      for (let n = 0; n < 2; n++) await t.move("stepBack", { threadId: stop.threadId });
      await t.move("continue", { threadId: stop.threadId });
      await t.leave();
    }));
});
