/** Requests that come early, twice, malformed or not at all: each is answered exactly once, and nothing hangs. */
import { readFileSync } from "node:fs";
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { capabilitiesOf } from "../../debug-adapter/requestHandler.ts";
import { handlers } from "../../debug-adapter/requests/index.ts";
import { startServer } from "./support/adapter.ts";
import { modelPath } from "./support/model.ts";
import { withSession } from "./support/session.ts";

const REQUESTS_NEEDING_A_PROGRAM = [
  ["continue", { threadId: 1 }],
  ["next", { threadId: 1 }],
  ["stepIn", { threadId: 1 }],
  ["stepOut", { threadId: 1 }],
  ["pause", { threadId: 1 }],
  ["stackTrace", { threadId: 1 }],
  ["scopes", { frameId: 1 }],
  ["variables", { variablesReference: 1 }],
  ["setVariable", { variablesReference: 1, name: "a", value: "1" }],
  ["evaluate", { expression: "1" }],
  ["completions", { text: "a", column: 1 }],
  ["exceptionInfo", { threadId: 1 }],
  ["restart", {}],
  ["netdev-lab/state", undefined],
] as const;

describe("the handshake", () => {
  it("advertises exactly what has a handler", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const { exceptionBreakpointFilters, ...flags } = session.capabilities;
        expect(flags).toEqual(capabilitiesOf(handlers));
        expect(exceptionBreakpointFilters?.map((f) => f.filter)).toEqual(
          expect.arrayContaining(["lock", "ctx", "skb", "txq", "oops", "deadlock"]),
        );
        for (const command of Object.keys(handlers))
          expect(handlers[command as "next"].command).toBe(command);
      },
      "initialize",
    ));

  it("refuses everything but leaving before initialize", () =>
    withSession(
      "workers",
      {},
      async ({ client }) => {
        for (const command of ["launch", "threads", "setBreakpoints", "configurationDone"])
          expect(await client.refusal(command, { program: "x", source: {} })).toBe(
            `${command} came before initialize`,
          );
      },
      "raw",
    ));

  it("refuses what needs a program before launch", () =>
    withSession(
      "workers",
      {},
      async ({ client }) => {
        for (const [command, args] of REQUESTS_NEEDING_A_PROGRAM)
          expect(await client.refusal(command, args)).toBe(`${command} came before launch`);
        expect(await client.request("threads")).toEqual({ threads: [] });
        expect(await client.request("loadedSources")).toEqual({ sources: [] });
      },
      "initialize",
    ));

  it("refuses a second initialize and a second launch, and takes configurationDone twice", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      const { client } = session;
      await session.stopped();
      expect(await client.refusal("initialize", { adapterID: "x" })).toMatch(/initialized already/);
      expect(await client.refusal("launch", session.launchArguments())).toMatch(
        /launched its program already/,
      );
      expect((await client.answer("configurationDone")).success).toBe(true);
      await session.resume("next");
    }));

  it("answers unknown requests", () =>
    withSession(
      "workers",
      {},
      async ({ client }) => {
        expect(await client.refusal("stepSideways", {})).toBe('unknown request "stepSideways"');
        expect(await client.refusal("toString", {})).toBe('unknown request "toString"');
        expect(await client.refusal("__proto__", {})).toBe('unknown request "__proto__"');
      },
      "initialize",
    ));

  it.each<[string, unknown, RegExp]>([
    ["next", { threadId: "1" }, /threadId must be an integer/],
    ["next", {}, /threadId is missing/],
    ["next", null, /threadId is missing/],
    ["next", [1], /arguments must be an object/],
    ["setBreakpoints", { source: "x" }, /source must be an object/],
    ["setBreakpoints", { source: {}, breakpoints: [{}] }, /needs a line/],
    ["setBreakpoints", { source: {}, breakpoints: [null] }, /needs a line/],
    ["setFunctionBreakpoints", { breakpoints: [{ name: 1 }] }, /needs a name/],
    ["setExceptionBreakpoints", { filters: "all" }, /filters must be an array/],
    ["launch", {}, /program is missing/],
    ["launch", { program: 5 }, /program must be a string/],
    ["evaluate", { expression: 1 }, /expression must be a string/],
    ["source", { sourceReference: 99_999 }, /no source/],
  ])("refuses %s with the arguments %j", (command, args, message) =>
    withSession(
      "workers",
      {},
      async ({ client }) => {
        expect(await client.refusal(command, args as object)).toMatch(message);
        expect((await client.answer("threads")).success).toBe(true);
      },
      "initialize",
    ),
  );

  it("survives noise between messages", () =>
    withSession(
      "workers",
      {},
      async ({ client }) => {
        client.sendRaw('Content-Length: 5\r\n\r\n{"a":');
        client.sendRaw("nonsense without end\r\n\r\n");
        expect((await client.answer("threads")).success).toBe(true);
        const answer = client.sendAndAwait({ seq: 500, type: "request", command: 7 });
        expect(await answer).toMatchObject({ success: false, command: "unknown" });
        expect(client.outputs()).toMatch(/malformed message/);
      },
      "initialize",
    ));

  it("answers a hundred requests sent at once, each once", () =>
    withSession(
      "workers",
      {},
      async ({ client }) => {
        const seqs = Array.from({ length: 100 }, () => client.nextSeq());
        const answers = seqs.map((seq, i) =>
          client.sendAndAwait({ seq, type: "request", command: i % 3 === 0 ? "nonsense" : "threads" }),
        );
        await Promise.all(answers);
        for (const seq of seqs) expect(client.responsesTo(seq)).toHaveLength(1);
      },
      "initialize",
    ));

  it("ends when the client vanishes while the program runs", () =>
    withSession("endless", {}, async (session) => {
      await session.client.event("output", (body: Dap.OutputEvent["body"]) =>
        body.output.includes("counting"),
      );
      session.client.vanish();
      expect(await session.adapter.ended()).toBe(0);
      Object.assign(session.client, { closed: true });
    }));

  it("leads two sessions at once on one port, and goes on when one client vanishes", async () => {
    const server = await startServer();
    try {
      const clients = [await server.connect(), await server.connect()];
      for (const client of clients) {
        await client.request("initialize", { adapterID: "netdev-lab" });
        await client.event("initialized");
        await client.request("setExceptionBreakpoints", { filters: [] });
        await client.request("launch", { program: modelPath("endless") });
        await client.request("configurationDone");
        await client.event("output", (body: Dap.OutputEvent["body"]) => body.output.includes("counting"));
      }
      clients[0]!.vanish();
      await clients[1]!.request("pause", { threadId: 1 });
      await clients[1]!.event("stopped");
      const third = await server.connect();
      expect((await third.answer("initialize", { adapterID: "netdev-lab" })).success).toBe(true);
      await third.request("disconnect", {});
      await clients[1]!.request("disconnect", {});
    } finally {
      await server.stop();
    }
  });
});

describe("restarting", () => {
  it("twenty times leaves no run behind in memory", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      const { pid } = session.adapter.process;
      const restart = async (): Promise<void> => {
        await session.client.request("restart", {});
        await session.stopped();
      };
      await session.stopped();
      // the heap has its size after about thirty
      for (let n = 0; n < 30; n++) await restart();
      const before = residentMb(pid!);
      for (let n = 0; n < 20; n++) await restart();
      expect(residentMb(pid!) - before).toBeLessThan(30);
    }));
});

/** What a process holds in memory, as Linux tells it (elsewhere there is nothing to measure by). */
function residentMb(pid: number): number {
  if (process.platform !== "linux") return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

describe("cancel", () => {
  const cancelled = { success: false, message: "cancelled", body: { error: { id: 1006, showUser: false } } };

  it("ends the request that it names, if that still waits for its turn", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const { client } = session;
        await session.configure();
        const launched = client.request("launch", session.launchArguments());
        const sources = client.sendAndAwait({
          seq: client.nextSeq(),
          type: "request",
          command: "loadedSources",
        });
        const { request_seq } = await (async () => {
          const requestId = client.lastSeq;
          await client.request("cancel", { requestId });
          return sources;
        })();
        expect(client.responsesTo(request_seq)).toMatchObject([cancelled]);
        await launched;
      },
      "initialize",
    ));

  it("of a request that was answered ends nothing but the journey that it asked for", () =>
    withSession("endless", { launch: { maxTicks: 500_000_000 } }, async (session) => {
      const { client } = session;
      const statements = async (): Promise<number> =>
        (await client.request<{ statements: number }>("netdev-lab/state")).statements;
      await expect.poll(statements).toBeGreaterThan(200_000);
      await client.request("pause", { threadId: 1 });
      await session.stopped();
      const end = await statements();
      const back = async (named: (own: number) => number): Promise<number> => {
        await client.request("reverseContinue", { threadId: 1 });
        await client.request("cancel", { requestId: named(client.lastSeq) });
        await session.stopped();
        return statements();
      };
      expect(await back((own) => own)).toBe(end);
      // nobody is interested any more in what an editor had asked for before
      expect(await back((own) => own - 1)).toBeLessThan(end);
    }));
});

describe("progress", () => {
  it("of a long journey is told, and its button ends the journey where it began", () =>
    withSession(
      "endless",
      { launch: { maxTicks: 500_000_000 }, initialize: { supportsProgressReporting: true } },
      async (session) => {
        const { client } = session;
        const statements = async (): Promise<number> =>
          (await client.request<{ statements: number }>("netdev-lab/state")).statements;
        await expect.poll(statements, { timeout: 15_000 }).toBeGreaterThan(3_000_000);
        await client.request("pause", { threadId: 1 });
        const { id: frameId } = await session.top(await session.stopped());
        const end = await statements();
        // looks at each statement: that takes long
        await client.request("netdev-lab/lastAccess", { name: "never", frameId });
        const requestId = client.lastSeq;
        const { progressId, ...start } = await client.event<Dap.ProgressStartEvent["body"]>("progressStart");
        expect(start).toMatchObject({
          cancellable: true,
          requestId,
          title: expect.stringMatching(/last access to never/),
        });
        const update = await client.event<Dap.ProgressUpdateEvent["body"]>("progressUpdate");
        expect(update).toMatchObject({
          progressId,
          message: expect.stringMatching(/^statement \d+ of \d+$/),
        });
        await client.request("cancel", { progressId: "another" });
        expect(client.events("progressEnd")).toEqual([]);
        await client.request("cancel", { progressId });
        expect(await client.event("progressEnd")).toEqual({ progressId });
        expect((await session.stopped()).reason).toBe("pause");
        expect(await statements()).toBe(end);
      },
    ));
});
