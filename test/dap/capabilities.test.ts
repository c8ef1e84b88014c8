/** Each capability that is advertised does what it says, over the wire, and refuses what it cannot do. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { capabilitiesOf } from "../../debug-adapter/requestHandler.ts";
import { handlers } from "../../debug-adapter/requests/index.ts";
import { type Session, type Stopped, withSession } from "./support/session.ts";

type Flag = keyof Dap.Capabilities;
type Check = (session: Session, stop: Stopped) => Promise<void>;

async function go(session: Session, command: string, args: object): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

const topId = async (session: Session, stop: Stopped): Promise<number> => (await session.top(stop)).id;

async function variablesOf(session: Session, stop: Stopped, more: object = {}): Promise<Dap.Variable[]> {
  const locals = (await session.scopes(await topId(session, stop))).get("Locals")!;
  const args = { variablesReference: locals.variablesReference, ...more };
  return (await session.client.request<{ variables: Dap.Variable[] }>("variables", args)).variables;
}

async function refuses(session: Session, command: string, args: object, words: RegExp): Promise<void> {
  expect(await session.client.refusal(command, args)).toMatch(words);
}

/** Stops at `#bp shapes end` of the model `workers`. Positive first, then negative. */
const CHECKS: Partial<Record<Flag, readonly [Check, Check]>> = {
  supportsBreakpointLocationsRequest: [
    async (s) => {
      const args = { source: { path: s.program }, line: s.line("#bp two statements") };
      const { breakpoints } = await s.client.request<{ breakpoints: unknown[] }>("breakpointLocations", args);
      expect(breakpoints.length).toBeGreaterThan(1);
    },
    (s) => refuses(s, "breakpointLocations", { source: {} }, /line is missing/),
  ],
  supportsCancelRequest: [
    async (s) => {
      // a journey that is ended leads back to where it began, or it had arrived
      await s.client.request("reverseContinue", { threadId: 1 });
      await s.client.request("cancel", {});
      expect(["pause", "entry"]).toContain((await s.stopped()).reason);
    },
    async (s) => expect(await s.client.request("cancel", { requestId: 999 })).toBeUndefined(),
  ],
  supportsClipboardContext: [
    async (s, stop) => expect(await s.evaluate(stop, "text", "clipboard")).toBe("hello"),
    async (s, stop) => expect(await s.evaluate(stop, "text", "watch")).toBe('"hello"'),
  ],
  supportsCompletionsRequest: [
    async (s, stop) => {
      const args = { text: "nested.in", column: 10, frameId: await topId(s, stop) };
      const { targets } = await s.client.request<{ targets: Dap.CompletionItem[] }>("completions", args);
      expect(targets.map(({ label }) => label)).toEqual(["inner"]);
    },
    async (s, stop) => {
      const args = { text: "nested.zzz", column: 11, frameId: await topId(s, stop) };
      expect(await s.client.request("completions", args)).toEqual({ targets: [] });
    },
  ],
  supportsConditionalBreakpoints: [
    async (s) => {
      await s.setBreakpoints([{ marker: "#bp held", condition: "cpu == 1 && amount == 2" }]);
      expect((await s.resume("continue")).threadId).toBe(2);
    },
    async (s) => {
      const [bad] = await s.setBreakpoints([{ marker: "#bp held", condition: "cpu ==" }]);
      expect(bad).toMatchObject({ verified: false });
    },
  ],
  supportsConfigurationDoneRequest: [
    async (s) => expect(await s.client.request("configurationDone")).toBeUndefined(),
    (s) => refuses(s, "launch", { program: s.program }, /use restart/),
  ],
  supportsDataBreakpoints: [
    async (s, stop) => {
      const info = await s.client.request<{ dataId: string }>("dataBreakpointInfo", {
        name: "total",
        frameId: await topId(s, stop),
      });
      await s.client.request("setDataBreakpoints", { breakpoints: [{ dataId: info.dataId }] });
      expect((await s.resume("continue")).reason).toBe("data breakpoint");
    },
    (s) => refuses(s, "setDataBreakpoints", { breakpoints: [{}] }, /dataId/),
  ],
  supportsDataBreakpointBytes: [
    async (s) => {
      const args = { name: "0x1000", asAddress: true, bytes: 4 };
      expect(await s.client.request("dataBreakpointInfo", args)).toMatchObject({ dataId: null });
    },
    async (s) => {
      const info = await s.client.request<{ description: string }>("dataBreakpointInfo", {
        name: "here",
        asAddress: true,
      });
      expect(info.description).toMatch(/no address/);
    },
  ],
  supportsDelayedStackTraceLoading: [
    async (s, stop) => {
      const page = { threadId: stop.threadId, startFrame: 1, levels: 1 };
      const body = await s.client.request<Dap.StackTraceResponse["body"]>("stackTrace", page);
      expect(body.stackFrames).toHaveLength(1);
      expect(body.totalFrames).toBeGreaterThan(1);
    },
    (s) => refuses(s, "stackTrace", { threadId: 77 }, /no thread 77/),
  ],
  supportsEvaluateForHovers: [
    async (s, stop) => expect(await s.evaluate(stop, "long_list.length", "hover")).toBe("250"),
    async (s, stop) =>
      refuses(
        s,
        "evaluate",
        { expression: "value = 1", frameId: await topId(s, stop), context: "hover" },
        /would change the run/,
      ),
  ],
  supportsExceptionFilterOptions: [
    async (s) => {
      const options = { filters: [], filterOptions: [{ filterId: "event:switch", condition: "cpu == 1" }] };
      await s.client.request("setExceptionBreakpoints", options);
      expect(await s.resume("continue")).toMatchObject({ reason: "event", threadId: 2 });
    },
    async (s) => {
      const body = await s.client.request<{ breakpoints: Dap.Breakpoint[] }>("setExceptionBreakpoints", {
        filters: ["nonsense"],
      });
      expect(body.breakpoints[0]!.message).toMatch(/there is no filter "nonsense"/);
    },
  ],
  supportsFunctionBreakpoints: [
    async (s) => {
      await s.client.request("setFunctionBreakpoints", { breakpoints: [{ name: "locked_*" }] });
      expect((await s.resume("continue")).reason).toBe("function breakpoint");
    },
    (s) => refuses(s, "setFunctionBreakpoints", { breakpoints: [{}] }, /needs a name/),
  ],
  supportsHitConditionalBreakpoints: [
    async (s) => {
      await s.setBreakpoints([{ marker: "#bp add", hitCondition: "3" }]);
      const stop = await s.resume("continue");
      expect(Number(await s.evaluate(stop, "total"))).toBeGreaterThan(1);
    },
    async (s) => {
      const [bad] = await s.setBreakpoints([{ marker: "#bp add", hitCondition: "often" }]);
      expect(bad!.message).toMatch(/cannot read the hit condition/);
    },
  ],
  supportsLoadedSourcesRequest: [
    async (s) => {
      const { sources } = await s.client.request<{ sources: Dap.Source[] }>("loadedSources");
      expect(sources.some(({ path }) => path === s.program)).toBe(true);
      expect(sources.some(({ path }) => path?.endsWith("kernel/spinlock.ts"))).toBe(true);
    },
    (s) => refuses(s, "source", { sourceReference: 99_999 }, /there is no source/),
  ],
  supportsLogPoints: [
    async (s) => {
      await s.setBreakpoints(["#bp exit", { marker: "#bp add", logMessage: "adds {amount}" }]);
      await s.resume("continue");
      expect(s.client.outputs()).toMatch(/adds 2/);
    },
    async (s) => {
      const [bad] = await s.setBreakpoints([{ marker: "#bp add", logMessage: "adds {amount" }]);
      expect(bad!.message).toMatch(/\{ without a \}/);
    },
  ],
  supportsModulesRequest: [
    async (s) => {
      const { modules } = await s.client.request<{ modules: Dap.Module[] }>("modules", {});
      expect(modules.filter(({ isUserCode }) => isUserCode).map(({ name }) => name)).toEqual(["workers.ts"]);
    },
    async (s) => {
      const body = await s.client.request<Dap.ModulesResponse["body"]>("modules", { startModule: 9999 });
      expect(body.modules).toEqual([]);
    },
  ],
  supportsReadMemoryRequest: [
    async (s, stop) => {
      const bytes = (await variablesOf(s, stop)).find(({ name }) => name === "bytes")!;
      const memoryReference = bytes.memoryReference!;
      const read = { memoryReference, offset: 1, count: 4 };
      expect(await s.client.request("readMemory", read)).toMatchObject({
        data: Buffer.from([2, 255]).toString("base64"),
        unreadableBytes: 2,
      });
    },
    (s) => refuses(s, "readMemory", { memoryReference: "0x10", count: 1 }, /there is no memory at 0x10/),
  ],
  supportsRestartFrame: [
    async (s, stop) => {
      stop = await s.resume("stepOut", stop.threadId);
      const here = await topId(s, stop);
      const back = await go(s, "restartFrame", { frameId: here });
      expect(await s.top(back)).toMatchObject({ name: "workers_init", line: s.line("#bp init") });
    },
    (s) => refuses(s, "restartFrame", { frameId: -1 }, /no frame -1/),
  ],
  supportsRestartRequest: [
    async (s) => expect((await go(s, "restart", {})).reason).toBe("breakpoint"),
    (s) => refuses(s, "restart", { arguments: { program: 1 } }, /program must be a string/),
  ],
  supportsSetExpression: [
    async (s, stop) => {
      const args = { expression: "nested.inner.list[1]", value: "20 + 22", frameId: await topId(s, stop) };
      expect(await s.client.request("setExpression", args)).toMatchObject({ value: "42", type: "number" });
      expect(await s.evaluate(stop, "nested.inner.list[1]")).toBe("42");
    },
    async (s, stop) =>
      refuses(s, "setExpression", { expression: "1 + 1", value: "3", frameId: await topId(s, stop) }, /./),
  ],
  supportsSetVariable: [
    async (s, stop) => {
      const locals = (await s.scopes(await topId(s, stop))).get("Locals")!;
      const args = { variablesReference: locals.variablesReference, name: "value", value: "7" };
      expect(await s.client.request("setVariable", args)).toMatchObject({ value: "7" });
    },
    async (s, stop) => {
      const { variablesReference } = (await s.scopes(await topId(s, stop))).get("Locals")!;
      await refuses(s, "setVariable", { variablesReference, name: "text", value: "7" }, /constant/);
    },
  ],
  supportsSingleThreadExecutionRequests: [
    async (s, stop) =>
      expect((await go(s, "next", { threadId: stop.threadId, singleThread: true })).threadId).toBe(
        stop.threadId,
      ),
    (s) => refuses(s, "next", { threadId: 77, singleThread: true }, /no thread 77/),
  ],
  supportsStepBack: [
    async (s, stop) => {
      const back = await go(s, "stepBack", { threadId: stop.threadId });
      expect((await s.top(back)).line).toBeLessThan(s.line("#bp shapes end"));
    },
    (s) => refuses(s, "stepBack", { threadId: 77 }, /no thread 77/),
  ],
  supportsStepInTargetsRequest: [
    async (s, stop) => {
      await s.setBreakpoints(["#bp two calls"]);
      stop = await s.resume("continue");
      const frameId = await topId(s, stop);
      const { targets } = await s.client.request<{ targets: Dap.StepInTarget[] }>("stepInTargets", {
        frameId,
      });
      const target = targets.find(({ label }) => label.startsWith("double("))!;
      expect(targets.map(({ label }) => label)).toEqual(expect.arrayContaining(["one()"]));
      await s.client.request("stepIn", { threadId: stop.threadId, targetId: target.id });
      expect((await s.top(await s.stopped())).name).toBe("double");
    },
    (s) => refuses(s, "stepInTargets", { frameId: -1 }, /no frame/),
  ],
  supportsSteppingGranularity: [
    async (s, stop) => {
      const step = { threadId: stop.threadId, granularity: "instruction" };
      expect((await go(s, "next", step)).reason).toBe("step");
    },
    (s) => refuses(s, "next", { threadId: 1, granularity: 5 }, /granularity must be a string/),
  ],
  supportsTerminateRequest: [
    async (s) => {
      await s.client.request("terminate", {});
      await s.finished();
    },
    async (s) => {
      await s.client.request("terminate", {});
      expect(s.client.events("terminated")).toHaveLength(1);
    },
  ],
  supportsValueFormattingOptions: [
    async (s, stop) => {
      const value = (vars: Dap.Variable[]): string => vars.find(({ name }) => name === "value")!.value;
      const plain = Number(value(await variablesOf(s, stop)));
      expect(value(await variablesOf(s, stop, { format: { hex: true } }))).toBe(`0x${plain.toString(16)}`);
    },
    async (s, stop) => {
      const text = (await variablesOf(s, stop, { format: { hex: true } })).find(
        ({ name }) => name === "text",
      );
      expect(text!.value).toBe('"hello"');
    },
  ],
  supportsWriteMemoryRequest: [
    async (s, stop) => {
      const { memoryReference } = (await variablesOf(s, stop)).find(({ name }) => name === "bytes")!;
      const data = Buffer.from([9]).toString("base64");
      expect(await s.client.request("writeMemory", { memoryReference, offset: 2, data })).toEqual({
        bytesWritten: 1,
      });
      expect(await s.evaluate(stop, "bytes[2]")).toBe("9");
      expect(s.client.events("memory")).toEqual([{ memoryReference, offset: 2, count: 1 }]);
    },
    async (s, stop) => {
      const { memoryReference } = (await variablesOf(s, stop)).find(({ name }) => name === "bytes")!;
      const data = Buffer.alloc(8).toString("base64");
      await refuses(s, "writeMemory", { memoryReference, data }, /8 bytes do not fit/);
    },
  ],
  supportTerminateDebuggee: [
    async (s) => {
      await s.client.request("disconnect", { terminateDebuggee: true });
      await expect.poll(() => s.client.closed).toBe(true);
    },
    async () => {},
  ],
};

/** Tested with their own requirements in other files. */
const ELSEWHERE: readonly Flag[] = [
  "supportsExceptionInfoRequest", // violations.test.ts
  "breakpointModes", // event-breakpoints.test.ts
  "completionTriggerCharacters",
  "supportsANSIStyling", // looking.test.ts
];

const advertised = capabilitiesOf(handlers);

describe("a capability", () => {
  it("is advertised only with a check here, and at least 28 of the protocol's are", () => {
    const flags = (Object.keys(advertised) as Flag[]).filter((flag) => advertised[flag] === true);
    expect(new Set([...Object.keys(CHECKS), ...ELSEWHERE])).toEqual(new Set(Object.keys(advertised)));
    expect(flags.length).toBeGreaterThanOrEqual(28);
  });

  for (const [flag, [positive, negative]] of Object.entries(CHECKS))
    it(`${flag} keeps its promise`, () =>
      withSession(
        "workers",
        { breakpoints: ["#bp shapes end"], initialize: { supportsMemoryEvent: true } },
        async (session) => {
          const stop = await session.stopped();
          expect(session.capabilities[flag as Flag]).toBe(true);
          if (flag !== "supportTerminateDebuggee" && flag !== "supportsTerminateRequest")
            await negative(session, stop);
          await session.setBreakpoints(flag === "supportsRestartRequest" ? ["#bp shapes end"] : []);
          await positive(session, stop);
        },
      ));
});

describe("a value's location", () => {
  it("leads from a callback to its function", () =>
    withSession("workers", { breakpoints: ["#bp shapes end"] }, async (session) => {
      const stop = await session.stopped();
      const inner = (await variablesOf(session, stop)).find(({ name }) => name === "inner")!;
      const place = await session.client.request<{ line: number; source: Dap.Source }>("locations", {
        locationReference: inner.valueLocationReference,
      });
      expect(place).toMatchObject({ line: session.line("#bp arrow"), source: { path: session.program } });
      await refuses(session, "locations", { locationReference: 12345 }, /no location/);
    }));

  it("leads from a held lock to where it was taken", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      const stop = await session.stopped();
      const held = (await session.scopes(await topId(session, stop))).get("Held locks")!;
      const { variables } = await session.client.request<{ variables: Dap.Variable[] }>("variables", {
        variablesReference: held.variablesReference,
      });
      const place = await session.client.request<{ line: number }>("locations", {
        locationReference: variables.at(-1)!.valueLocationReference,
      });
      expect(place.line).toBe(session.line("#bp locked_add"));
    }));
});
