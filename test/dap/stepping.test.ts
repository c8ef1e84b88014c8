/** The step contract: a step that starts on a CPU ends on it, unless a breakpoint elsewhere comes first. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { withSession } from "./support/session.ts";

describe("steps", () => {
  it("go over calls, to the next line, on the same CPU", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] },
      async (session) => {
        let stop = await session.stopped();
        const line = session.line("#bp held");
        for (const expected of [line + 1, line + 2, line + 3]) {
          stop = await session.resume("next", stop.threadId);
          expect(stop).toMatchObject({ reason: "step", threadId: 2, allThreadsStopped: true });
          expect(await session.top(stop)).toMatchObject({ name: "locked_add", line: expected });
        }
        stop = await session.resume("next", stop.threadId);
        expect(stop).toMatchObject({ reason: "step", threadId: 2 });
        expect((await session.top(stop)).name).toBe("worker");
      },
    ));

  it("go into calls and out again", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] },
      async (session) => {
        let stop = await session.stopped();
        stop = await session.resume("stepIn", stop.threadId);
        expect(stop).toMatchObject({ reason: "step", threadId: 2 });
        expect(await session.top(stop)).toMatchObject({ name: "add", line: session.line("#bp add") });
        stop = await session.resume("stepOut", stop.threadId);
        expect(stop).toMatchObject({ reason: "step", threadId: 2 });
        expect((await session.top(stop)).name).toBe("locked_add");
      },
    ));

  it("go into the simulated kernel and out again", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      let stop = await session.stopped();
      stop = await session.resume("stepIn", stop.threadId);
      expect(await session.top(stop)).toMatchObject({
        name: "printk",
        presentationHint: "subtle",
        source: { name: "printk.ts", presentationHint: "deemphasize", sourceReference: expect.any(Number) },
      });
      stop = await session.resume("stepOut", stop.threadId);
      expect((await session.top(stop)).name).toBe("workers_init");
    }));

  it("show the simulated kernel by URIs to a client that opens those itself", () =>
    withSession("workers", { breakpoints: ["#bp init"], options: ["--kernel-uris"] }, async (session) => {
      await session.stopped();
      const stop = await session.resume("stepIn", 1);
      const { source, line } = await session.top(stop);
      expect(source).toMatchObject({ path: expect.stringMatching(/^linux:\/kernel\/.*\/printk\.ts$/) });
      expect(source?.sourceReference).toBeUndefined();
      // and such a client sets breakpoints by them
      const { breakpoints } = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
        "setBreakpoints",
        { source: { path: source?.path }, breakpoints: [{ line }] },
      );
      expect(breakpoints).toMatchObject([{ verified: true, line }]);
    }));

  it("end on the CPU that was stepped, however long the others run", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "id === 1", hitCondition: "1" }] },
      async (session) => {
        let stop = await session.stopped();
        const cpu = stop.threadId;
        for (let n = 0; n < 25; n++) {
          stop = await session.resume("next", cpu);
          expect(stop).toMatchObject({ reason: "step", threadId: cpu });
        }
      },
    ));

  it("are overtaken by a breakpoint on another CPU", () =>
    withSession("workers", { breakpoints: [{ marker: "#bp round", hitCondition: "1" }] }, async (session) => {
      let stop = await session.stopped();
      const stepped = stop.threadId;
      const other = 3 - stepped;
      await session.setBreakpoints([{ marker: "#bp add", condition: `amount === ${other}` }]);
      for (let n = 0; n === 0 || (n < 60 && stop.reason !== "breakpoint"); n++) {
        stop = await session.resume("next", stepped);
        if (stop.reason === "step") expect(stop.threadId).toBe(stepped);
      }
      expect(stop).toMatchObject({ reason: "breakpoint", threadId: other });
    }));

  it("refuse a CPU that does not exist, and stay where they are", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      const stop = await session.stopped();
      expect(await session.client.refusal("next", { threadId: 9 })).toMatch(/there is no thread 9/);
      expect((await session.top(stop)).name).toBe("workers_init");
    }));

  it("end the session when the program ends before the step does", () =>
    withSession("workers", { breakpoints: ["#bp exit"] }, async (session) => {
      const stop = await session.stopped();
      let over = false;
      const end = session.client.terminated.then(() => {
        over = true;
      });
      for (let n = 0; n < 200 && !over; n++) {
        await session.client.answer("stepOut", { threadId: stop.threadId });
        await Promise.race([session.client.event("stopped"), end]);
      }
      expect(over).toBe(true);
    }));
});

describe("running", () => {
  it("pause stops the program in its midst, again and again", () =>
    withSession("endless", {}, async (session) => {
      const statements = async (): Promise<number> =>
        (await session.client.request<{ statements: number }>("netdev-lab/state")).statements;
      let before = 0;
      for (let n = 0; n < 3; n++) {
        await expect.poll(statements).toBeGreaterThan(before);
        await session.client.request("pause", { threadId: 1 });
        expect(await session.stopped()).toMatchObject({ reason: "pause", allThreadsStopped: true });
        expect((await session.frames(1)).length).toBeGreaterThan(0);
        before = await statements();
        await session.client.request("continue", { threadId: 1 });
      }
    }));

  it("answers requests about the state, and refuses those about frames, while the program runs", () =>
    withSession("endless", {}, async (session) => {
      await session.client.event<Dap.OutputEvent["body"]>("output", (body) =>
        body.output.includes("counting"),
      );
      const { threads } = await session.client.request<{ threads: Dap.Thread[] }>("threads");
      expect(threads).toHaveLength(2);
      const state = await session.client.request<{ running: boolean }>("netdev-lab/state");
      expect(state.running).toBe(true);
      for (const [command, args] of [
        ["stackTrace", { threadId: 1 }],
        ["variables", { variablesReference: 1 }],
        ["evaluate", { expression: "1" }],
        ["next", { threadId: 1 }],
      ] as const)
        expect(await session.client.refusal(command, args)).toBe("notStopped");
    }));

  it("ends a program that is inside one native operation for ever", () =>
    withSession("stuck", { options: ["--silence-ms", "1500"] }, async (session) => {
      await session.client.event<Dap.OutputEvent["body"]>("output", (body) =>
        body.output.includes("matching"),
      );
      const pause = session.client.refusal("pause", { threadId: 1 });
      expect(await session.finished()).toBe(2);
      expect(await pause).toMatch(/did not answer for 1\.5 s/);
      expect(session.client.outputs()).toMatch(/did not answer for 1\.5 s/);
    }));

  it("ends a program that eats all memory", () =>
    withSession("hungry", { options: ["--heap-mb", "120"] }, async (session) => {
      expect(await session.finished()).toBe(2);
      expect(session.client.outputs()).toMatch(/out of memory.*120 MB/);
      expect(session.client.events("terminated")).toHaveLength(1);
    }));
});
