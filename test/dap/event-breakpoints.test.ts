/** Breakpoints on events, patterns of functions, modes, and log points that look back. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

async function go(session: Session, command: string, args: object = { threadId: 1 }): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

const strip = (text = ""): string => text.replace(/ \(in the past.*/, "");

describe("an event breakpoint", () => {
  it.each([
    ["event:hardirq", "interrupts", /^Interrupt entry: interrupt \d+.* begins \(CPU \d\)/],
    ["event:softirq", "examples/snull/snull.ts", /^Softirq entry: NET_TX|NET_RX|TIMER begins \(CPU \d\)/],
    ["event:switch", "workers", /^Context switch: .+ → .+ \(CPU \d\)/],
    ["event:timer", "test/rules/timer-sync-self/good.ts", /^Timer fires: timer \w+ fires \(CPU \d\)/],
    ["event:contended", "contend", /^Lock contention: lock lock is waited for \(CPU \d\)/],
    [
      "event:mmio",
      "test/hardware/models/mini.ts",
      /^Register access: \w+ (written|read): 0x[0-9a-f]+ \(CPU \d\)/,
    ],
  ])("%s stops in %s", (filter, model, words) =>
    withSession(model, { filters: [filter] }, async (session) => {
      const stop = await session.stopped();
      expect(stop).toMatchObject({ reason: "event", allThreadsStopped: true });
      expect(stop.text).toMatch(words);
      expect(stop.text).toContain(`CPU ${stop.threadId - 1}`);
    }),
  );

  it("stops at the same events backwards as forwards", () =>
    withSession("interrupts", { filters: ["event:hardirq"] }, async (session) => {
      const forward: string[] = [];
      for (let n = 0; n < 4; n++) {
        const stop = n === 0 ? await session.stopped() : await session.resume("continue");
        forward.push(`${stop.threadId} ${strip(stop.text)}`);
      }
      for (let n = 2; n >= 0; n--) {
        const stop = await go(session, "reverseContinue");
        expect(`${stop.threadId} ${strip(stop.text)}`).toBe(forward[n]);
      }
    }));

  it("has a condition that sees cpu, context, held, jiffies and what happened", () =>
    withSession(
      "contend",
      {
        filters: [
          { filterId: "event:contended", condition: 'cpu == 0 && lock == "lock" && context == "process"' },
        ],
      },
      async (session) => {
        const stop = await session.stopped();
        expect(stop).toMatchObject({ reason: "event", threadId: 1 });
        const answer = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>(
          "setExceptionBreakpoints",
          {
            filters: [],
            filterOptions: [
              { filterId: "event:contended", condition: "nonsense == 1" },
              { filterId: "event:contended", condition: "held.length == 0 && jiffies < 0" },
            ],
          },
        );
        expect(answer.breakpoints[0]!.message).toMatch(/nonsense is not known here/);
        expect(answer.breakpoints[1]).toEqual({ verified: true });
        // jiffies are never negative: the condition was evaluated
        await session.client.request("continue", { threadId: 1 });
        expect(await session.finished()).toBe(0);
      },
    ));
});

describe("a function breakpoint", () => {
  it.each([
    ["*:hard_start_xmit", /^snull_tx$/],
    ["snull_*", /^snull_/],
    ["snull:snull_open", /^snull_open$/],
    ["kernel:dev_ope?", /^dev_open$/],
    ["/^snull_(open|release)$/", /^snull_open$/],
  ])("by the pattern %s", (name, fn) =>
    withSession("examples/snull/snull.ts", { functions: [{ name }] }, async (session) => {
      expect(
        session.functions[0]!.verified || /looked for|installed/.test(session.functions[0]!.message ?? ""),
      ).toBe(true);
      const stop = await session.stopped();
      expect(stop.reason).toBe("function breakpoint");
      expect((await session.top(stop)).name).toMatch(fn);
    }),
  );

  it("by a pattern that cannot be read says so", () =>
    withSession("workers", { functions: [{ name: "/(/" }] }, async (session) => {
      expect(session.functions[0]!.message).toMatch(/cannot read the pattern|will be looked for/);
      await session.finished();
    }));
});

describe("a breakpoint's mode", () => {
  it("keeps it to the CPU in focus, or to a context", () =>
    withSession(
      "workers",
      { breakpoints: [{ marker: "#bp round", condition: "cpu == 1" }] },
      async (session) => {
        let stop = await session.stopped();
        expect(stop.threadId).toBe(2);
        await session.setBreakpoints([{ marker: "#bp held", mode: "cpu" }]);
        for (let n = 0; n < 4; n++) {
          stop = await session.resume("continue");
          expect(stop.threadId).toBe(2);
        }
        await session.setBreakpoints([{ marker: "#bp held", mode: "softirq" }]);
        await session.client.request("continue", { threadId: 1 });
        expect(await session.finished()).toBe(0);
        expect(session.capabilities.breakpointModes?.map(({ mode }) => mode)).toContain("hardirq");
      },
    ));

  it("that does not exist is refused", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      await session.stopped();
      await expect(session.setBreakpoints([{ marker: "#bp held", mode: "odd" }])).rejects.toThrow(
        /there is no mode "odd"/,
      );
    }));
});

describe("a log point that is set late", () => {
  it("tells what it would have told, with the time, once", () =>
    withSession("workers", { breakpoints: ["#bp exit"] }, async (session) => {
      const stop = await session.stopped();
      const line = (await session.top(stop)).line;
      await session.setBreakpoints(["#bp exit", { marker: "#bp held", logMessage: "amount {amount}" }]);
      const again = await go(session, "netdev-lab/tellPast", {});
      expect((await session.top(again)).line).toBe(line);
      const told = (): string[] => session.client.outputs().match(/^\[.* CPU \d .*\] amount \d$/gm) ?? [];
      expect(told()).toHaveLength(10);
      expect(told()[0]).toMatch(/^\[[\d.]+ [µm]s CPU \d process\+irq\] amount \d$/);
      await go(session, "netdev-lab/tellPast", {});
      expect(told()).toHaveLength(10);
    }));
});
