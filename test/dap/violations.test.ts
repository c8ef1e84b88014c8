/** Violations of the rules: stops, filters, explanations, events for the editor. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import type { ViolationBody } from "../../debug-adapter/session/violations.ts";
import { withSession } from "./support/session.ts";

describe("violations", () => {
  it("stop the run at the place in the model", () =>
    withSession("sleeper", { filters: ["ctx"] }, async (session) => {
      const stop = await session.stopped();
      expect(stop).toMatchObject({
        reason: "exception",
        description: "Paused on violation",
        text: expect.any(String),
      });
      const frames = await session.frames(stop.threadId);
      const inModel = frames.find((frame) => frame.source?.path === session.program);
      expect(inModel).toMatchObject({ name: "doze", line: session.line("#bp sleep") });
      expect(frames[0]).toMatchObject({ presentationHint: "subtle" });
    }));

  it("are told to the editor as they happen, with both places", () =>
    withSession("sleeper", {}, async (session) => {
      const body = await session.client.event<ViolationBody>("netdev-lab/violation");
      expect(body).toMatchObject({
        rule: "ctx-sleep-atomic",
        severity: "error",
        file: session.program,
        line: session.line("#bp sleep"),
        cpu: expect.any(Number),
        context: "process",
        tick: expect.any(Number),
        related: [expect.objectContaining({ file: session.program, line: session.line("#bp lock") })],
        alsoRules: expect.any(Array),
      });
      expect(body.title).not.toBe("");
      expect(await session.finished()).toBe(1);
      expect(session.client.outputs()).toMatch(/BUG: sleeping function called from invalid context/);
      expect(session.client.outputs()).toMatch(/Run finished: 1 error\./);
      expect(session.client.events("stopped")).toEqual([]);
    }));

  it("explain themselves", () =>
    withSession("sleeper", { filters: ["ctx"] }, async (session) => {
      const stop = await session.stopped();
      const info = await session.client.request<Dap.ExceptionInfoResponse["body"]>("exceptionInfo", {
        threadId: stop.threadId,
      });
      expect(info).toMatchObject({ exceptionId: "ctx-sleep-atomic", breakMode: "always" });
      const lock = `sleeper.ts:${session.line("#bp lock")}`;
      const lines = info.description?.split("\n") ?? [];
      expect(lines[0]).toBe(stop.text);
      expect(lines[1]).toMatch(new RegExp(`^  • .* in doze\\(\\), ${lock} \\(CPU \\d, tick \\d+\\)$`));
      expect(lines.slice(-3)).toEqual([
        "",
        expect.stringMatching(/^Rule: ./),
        expect.stringMatching(/^Source: ./),
      ]);
      expect(info.details?.stackTrace).toContain(`${session.program}:${session.line("#bp sleep")}`);
      expect(info.details?.innerException?.length).toBeGreaterThan(0);
      const other = stop.threadId === 1 ? 2 : 1;
      expect(await session.client.refusal("exceptionInfo", { threadId: other })).toMatch(
        /does not stand at a violation/,
      );
    }));

  it.each<[Dap.ExceptionFilterOptions, boolean]>([
    [{ filterId: "ctx", condition: 'rule == "ctx-sleep-atomic" && context.startsWith("process")' }, true],
    [{ filterId: "ctx", condition: "cpu == 1" }, false],
    [{ filterId: "lock" }, false],
  ])("stop only where the filter %j holds", (filter, stops) =>
    withSession("sleeper", { filters: [filter] }, async (session) => {
      if (stops) expect((await session.stopped()).reason).toBe("exception");
      else {
        await session.finished();
        expect(session.client.events("stopped")).toEqual([]);
      }
    }),
  );

  it("go on after a continue", () =>
    withSession("sleeper", { filters: ["ctx"], breakpoints: ["#bp awake"] }, async (session) => {
      await session.stopped();
      const stop = await session.resume("continue");
      expect(stop.reason).toBe("breakpoint");
      expect(await session.client.refusal("exceptionInfo", { threadId: stop.threadId })).toMatch(
        /does not stand/,
      );
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(1);
    }));

  it("that end the run leave the wreck to be looked at", () =>
    withSession("deadlock", { filters: ["deadlock", "lock"] }, async (session) => {
      const stop = await session.stopped();
      expect(stop.reason).toBe("exception");
      const frames = await session.frames(stop.threadId);
      expect(frames.find((frame) => frame.source?.path === session.program)).toMatchObject({
        name: "twice",
        line: session.line("#bp again"),
      });
      let last = stop;
      let over = false;
      const end = session.client.terminated.then(() => {
        over = true;
      });
      for (let n = 0; n < 5 && !over; n++) {
        await session.client.request("continue", { threadId: 1 });
        last = ((await Promise.race([session.client.event("stopped"), end])) ?? last) as typeof last;
      }
      expect(over).toBe(true);
      expect(session.client.events("exited")).toEqual([{ exitCode: 1 }]);
    }));

  it("include crashes of the model", () =>
    withSession("throws", { filters: ["oops"] }, async (session) => {
      const stop = await session.stopped();
      expect(stop.text).toMatch(/NULL pointer/);
      const body = session.client.events<ViolationBody>("netdev-lab/violation")[0];
      expect(body).toMatchObject({ file: session.program, line: session.line("#bp boom") });
    }));

  it("include endless recursion", () =>
    withSession("recursion", {}, async (session) => {
      const body = await session.client.event<ViolationBody>("netdev-lab/violation");
      expect(body).toMatchObject({ file: session.program, line: session.line("#bp deeper") });
      expect(await session.finished()).toBe(1);
    }));

  it("are found in snull, and stop there unless told otherwise", () =>
    withSession(
      "examples/snull/snull.ts",
      {},
      async (session) => {
        await session.initialize();
        await session.client.request("launch", session.launchArguments());
        await session.client.request("configurationDone");
        const stop = await session.stopped();
        expect(stop.reason).toBe("exception");
        const body = session.client.events<ViolationBody>("netdev-lab/violation")[0];
        expect(body?.file).toBe(session.program);
      },
      "raw",
    ));

  it("of a custom request show every CPU with contexts and locks", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] },
      async (session) => {
        await session.stopped();
        const state = await session.client.request<Record<string, unknown>>("netdev-lab/state");
        expect(state).toMatchObject({
          running: false,
          executingCpu: 1,
          cpus: [
            { id: 0, thread: 1 },
            {
              id: 1,
              thread: 2,
              context: "process+irq",
              task: "worker/2",
              irqsDisabled: true,
              place: { fn: "locked_add", line: session.line("#bp held") },
              locks: [{ variant: "irqsave" }, { variant: "plain" }],
            },
          ],
          violations: 0,
        });
      },
    ));
});
