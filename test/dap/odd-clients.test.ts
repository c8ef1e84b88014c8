/** Clients that do what the protocol allows and few do: in another order, all at once, with less or more than usual. */
import { pathToFileURL } from "node:url";
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { lineOf, modelPath } from "./support/model.ts";
import { type Session, type Stopped, withSession } from "./support/session.ts";

const workers = modelPath("workers");
const held = lineOf(workers, "#bp held");

/** A session of which nothing has been said yet. */
const raw = (use: (session: Session) => Promise<void>): Promise<void> =>
  withSession("workers", {}, use, "raw");

/** A request as it is, unchecked by our own client. */
async function send(
  session: Session,
  command: string,
  args?: unknown,
  more: object = {},
): Promise<Dap.Response> {
  const { client } = session;
  return client.sendAndAwait({ seq: client.nextSeq(), type: "request", command, arguments: args, ...more });
}

async function body<T>(session: Session, command: string, args?: unknown, more: object = {}): Promise<T> {
  const response = await send(session, command, args, more);
  expect(response).toMatchObject({ success: true });
  return response.body as T;
}

const source = { path: workers };
const breakpoints = [{ line: held }];

type Order = readonly [string, object?][];

const INITIALIZE: [string, object] = ["initialize", { adapterID: "netdev-lab" }];
const BREAKPOINTS: [string, object] = ["setBreakpoints", { source, breakpoints }];
const FILTERS: [string, object] = ["setExceptionBreakpoints", { filters: [] }];
const LAUNCH: [string, object] = ["launch", { program: workers }];
const DONE: [string, object?] = ["configurationDone"];

const ORDERS: Record<string, Order> = {
  "launch before anything is configured": [INITIALIZE, LAUNCH, BREAKPOINTS, FILTERS, DONE],
  "all that is configured before launch": [INITIALIZE, BREAKPOINTS, FILTERS, DONE, LAUNCH],
  "breakpoints before and after launch": [INITIALIZE, FILTERS, BREAKPOINTS, LAUNCH, BREAKPOINTS, DONE],
  "questions before there is anything to know": [
    INITIALIZE,
    ["threads"],
    ["loadedSources"],
    ["breakpointLocations", { source, line: held }],
    LAUNCH,
    ["threads"],
    FILTERS,
    BREAKPOINTS,
    DONE,
  ],
};

describe("the order of requests", () => {
  it.each(Object.entries(ORDERS))("may be %s", (_, order) =>
    raw(async (session) => {
      for (const [command, args] of order) await body(session, command, args);
      expect(await session.stopped()).toMatchObject({ reason: "breakpoint" });
    }),
  );

  it.each(Object.entries(ORDERS))("may be %s, sent at once without waiting for an answer", (_, order) =>
    raw(async (session) => {
      const answers = await Promise.all(order.map(([command, args]) => send(session, command, args)));
      expect(answers.filter(({ success }) => !success)).toEqual([]);
      expect(answers.map(({ command }) => command)).toEqual(order.map(([command]) => command));
      expect(await session.stopped()).toMatchObject({ reason: "breakpoint" });
    }),
  );

  it("may have configurationDone long after launch: nothing has run before it", () =>
    raw(async (session) => {
      for (const [command, args] of [INITIALIZE, LAUNCH, FILTERS]) await body(session, command, args);
      expect(await body(session, "netdev-lab/state")).toMatchObject({ statements: 0 });
      expect(session.client.events("output")).toEqual([]);
      await body(session, ...BREAKPOINTS);
      await body(session, ...DONE);
      expect(await session.stopped()).toMatchObject({ reason: "breakpoint" });
    }));

  it("may ask for everything of a stop at once", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      const stop = await session.stopped();
      const { id: frameId } = await session.top(stop);
      const { threadId } = stop;
      const asked: Order = [
        ["threads"],
        ["stackTrace", { threadId }],
        ["stackTrace", { threadId: 3 - threadId }],
        ["scopes", { frameId }],
        ["evaluate", { expression: "total", frameId, context: "watch" }],
        ["evaluate", { expression: "total", frameId }],
        ["evaluate", { expression: "1 + 1" }],
        ["next", { threadId }],
        ["threads"],
      ];
      const answers = await Promise.all(asked.map(([command, args]) => send(session, command, args)));
      expect(answers.map(({ success }) => success)).toEqual(asked.map(() => true));
      expect(await session.stopped()).toMatchObject({ reason: "step", threadId });
    }));
});

describe("a client may", () => {
  it("write fields that nobody knows, and null for what it leaves out", () =>
    raw(async (session) => {
      const odd = { __restart: null, vendor: { a: [null] } };
      await body(
        session,
        "initialize",
        { adapterID: "netdev-lab", locale: null, clientID: null, ...odd },
        odd,
      );
      const spec = {
        line: held,
        column: null,
        condition: null,
        hitCondition: null,
        logMessage: null,
        mode: null,
        ...odd,
      };
      const set = await body<Dap.SetBreakpointsResponse["body"]>(session, "setBreakpoints", {
        source: { ...source, name: null, sourceReference: null, checksums: null },
        breakpoints: [spec],
        sourceModified: null,
        lines: null,
      });
      expect(set.breakpoints).toMatchObject([{ verified: true, line: held }]);
      await body(session, "setFunctionBreakpoints", { breakpoints: [{ name: "add", condition: null }] });
      await body(session, "setExceptionBreakpoints", {
        filters: [],
        filterOptions: null,
        exceptionOptions: null,
      });
      await body(session, "launch", {
        program: workers,
        workload: null,
        cpus: null,
        params: null,
        noDebug: null,
        ...odd,
      });
      await body(session, "configurationDone", null);
      const stop = await session.stopped();
      const { stackFrames } = await body<Dap.StackTraceResponse["body"]>(session, "stackTrace", {
        threadId: stop.threadId,
        startFrame: null,
        levels: null,
        format: null,
      });
      const { scopes } = await body<Dap.ScopesResponse["body"]>(session, "scopes", {
        frameId: stackFrames[0]!.id,
      });
      await body(session, "variables", {
        variablesReference: scopes[0]!.variablesReference,
        filter: null,
        start: null,
        count: null,
      });
      await body(session, "next", { threadId: stop.threadId, singleThread: null, granularity: null });
      await session.stopped();
    }));

  it("support nothing at all: it hears of nothing that it does not know", () =>
    withSession("workers", { breakpoints: ["#bp held"], initialize: NOTHING }, async (session) => {
      const { client } = session;
      const stop = await session.stopped();
      const locals = await session.scope(stop, "Locals");
      for (const variable of locals.values()) {
        expect(variable.type).toBeUndefined();
        expect(variable.memoryReference).toBeUndefined();
      }
      expect(await session.evaluate(stop, "total = 5", "repl")).toBe("5");
      await client.request("netdev-lab/freeze", { threadIds: [3 - stop.threadId], frozen: true });
      await client.request("stepBack", { threadId: stop.threadId });
      await session.stopped();
      for (const event of ["invalidated", "memory", "progressStart", "progressUpdate", "progressEnd"])
        expect([event, client.events(event)]).toEqual([event, []]);
      expect(client.outputs()).not.toContain("\u001b[");
    }));

  it("get every child of a variable at once if it does not page", () =>
    withSession("workers", { breakpoints: ["#bp shapes end"], initialize: NOTHING }, async (session) => {
      const list = (await session.scope(await session.stopped(), "Locals")).get("long_list")!;
      const children = await session.variables(list.variablesReference);
      expect([...children.keys()].filter((name) => /^\[?\d+\]?$/.test(name))).toHaveLength(250);
    }));

  it("count lines and columns from 0, in everything that has a place", () =>
    withSession(
      "workers",
      { initialize: { linesStartAt1: false, columnsStartAt1: false } },
      async (session) => {
        const { client } = session;
        const set = await client.request<Dap.SetBreakpointsResponse["body"]>("setBreakpoints", {
          source,
          breakpoints: [{ line: held - 1 }],
        });
        expect(set.breakpoints[0]).toMatchObject({ verified: true, line: held - 1 });
        const within = await client.request<Dap.BreakpointLocationsResponse["body"]>("breakpointLocations", {
          source,
          line: held - 1,
        });
        const column = set.breakpoints[0]!.column!;
        expect(within.breakpoints).toMatchObject([{ line: held - 1, column }]);
        await client.request("setExceptionBreakpoints", { filters: [] });
        await client.request("launch", session.launchArguments());
        await client.request("configurationDone");
        const stop = await session.stopped();
        expect(await session.top(stop)).toMatchObject({ line: held - 1, column });
        const { targets } = await client.request<Dap.StepInTargetsResponse["body"]>("stepInTargets", {
          frameId: (await session.top(stop)).id,
        });
        for (const target of targets) if (target.line !== undefined) expect(target.line).toBe(held - 1);
        await client.request("netdev-lab/visit", { direction: "previous", source, line: held - 2 });
        expect(await session.top(await session.stopped())).toMatchObject({ line: held - 2 });
        const logged = client
          .events<Dap.OutputEvent["body"]>("output")
          .find(({ output }) => /loaded/.test(output));
        expect(logged?.line).toBe(lineOf(workers, "#bp init") - 1);
      },
      "initialize",
    ));

  it("write paths as URIs, those of the model too, and gets them so", () =>
    withSession(
      "workers",
      { initialize: { pathFormat: "uri" } },
      async (session) => {
        const { client } = session;
        const uri = pathToFileURL(workers).href;
        const set = await client.request<Dap.SetBreakpointsResponse["body"]>("setBreakpoints", {
          source: { path: uri },
          breakpoints,
        });
        expect(set.breakpoints).toMatchObject([{ verified: true, source: { path: uri } }]);
        await client.request("setExceptionBreakpoints", { filters: [] });
        await client.request("launch", { program: uri });
        await client.request("configurationDone");
        const stop = await session.stopped();
        expect((await session.top(stop)).source).toMatchObject({ path: uri });
        const { content } = await client.request<Dap.SourceResponse["body"]>("source", {
          source: { path: uri },
          sourceReference: 0,
        });
        expect(content).toContain("locked_add");
      },
      "initialize",
    ));

  it("name breakpoints by the old list of lines", () =>
    raw(async (session) => {
      for (const [command, args] of [INITIALIZE, FILTERS, LAUNCH]) await body(session, command, args);
      const set = await body<Dap.SetBreakpointsResponse["body"]>(session, "setBreakpoints", {
        source,
        lines: [held],
      });
      expect(set.breakpoints).toMatchObject([{ verified: true, line: held }]);
      await body(session, "configurationDone", {});
      await session.stopped();
    }));

  it("set no breakpoints and no filters at all: the run stops at errors", () =>
    withSession(
      "examples/snull/snull.ts",
      {},
      async (session) => {
        await body(session, ...INITIALIZE);
        await body(session, "launch", { program: session.program });
        await body(session, "configurationDone");
        expect(await session.stopped()).toMatchObject({ reason: "exception" });
      },
      "raw",
    ));

  it("step every thread by itself, in turn and to the end, and never hang", () =>
    withSession("contend", { launch: { seed: 2 }, breakpoints: ["#bp lock"] }, async (session) => {
      let stop: Stopped = await session.stopped();
      await session.setBreakpoints([]);
      const reasons = new Set<string>();
      for (let n = 0; n < 24; n++) {
        const threadId = (n % 2) + 1;
        const command = ["next", "stepIn", "stepOut"][n % 3]!;
        await session.client.request(command, { threadId, singleThread: true, granularity: "line" });
        stop = await session.stopped();
        reasons.add(stop.reason);
        // a step ends on the thread that was stepped, also where it cannot go on
        expect(stop.threadId).toBe(threadId);
      }
      expect([...reasons].every((reason) => reason === "step" || reason === "pause")).toBe(true);
    }));

  it("ask for terminate or disconnect at any time", async () => {
    const gone = (session: Session) => expect.poll(() => session.client.closed).toBe(true);
    await raw(async (session) => {
      await body(session, "disconnect");
      await gone(session);
    });
    await raw(async (session) => {
      await body(session, ...INITIALIZE);
      await body(session, "terminate");
      await session.client.event("terminated");
      await body(session, "disconnect", { restart: false });
      await gone(session);
    });
    await raw(async (session) => {
      for (const [command, args] of [INITIALIZE, LAUNCH]) await body(session, command, args);
      await body(session, "terminate", {});
      await session.client.event("terminated");
    });
  });
});

const NOTHING = {
  supportsVariableType: false,
  supportsVariablePaging: false,
  supportsRunInTerminalRequest: false,
  supportsMemoryReferences: false,
  supportsProgressReporting: false,
  supportsInvalidatedEvent: false,
  supportsMemoryEvent: false,
  supportsArgsCanBeInterpretedByShell: false,
  supportsStartDebuggingRequest: false,
  supportsANSIStyling: false,
};
