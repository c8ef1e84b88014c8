/** Data breakpoints: variables, fields, locks, registers, bytes; forwards and backwards. Names are addresses of wishes. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

type Info = Dap.DataBreakpointInfoResponse["body"];

async function infoOf(session: Session, args: Dap.DataBreakpointInfoArguments): Promise<Info> {
  return session.client.request<Info>("dataBreakpointInfo", args);
}

/** Watches what an expression of the innermost frame names. */
async function watch(
  session: Session,
  stop: Stopped,
  name: string,
  more: Partial<Dap.DataBreakpoint> = {},
): Promise<Dap.Breakpoint> {
  const { dataId, description } = await infoOf(session, { name, frameId: (await session.top(stop)).id });
  if (dataId === null) throw new Error(description);
  return (await set(session, [{ dataId, ...more }]))[0]!;
}

async function set(session: Session, breakpoints: Dap.DataBreakpoint[]): Promise<Dap.Breakpoint[]> {
  const body = await session.client.request<{ breakpoints: Dap.Breakpoint[] }>("setDataBreakpoints", {
    breakpoints,
  });
  return body.breakpoints;
}

async function go(session: Session, command: string, args: object = { threadId: 1 }): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

const atHeld = { breakpoints: [{ marker: "#bp held", condition: "cpu == 1" }] };

describe("a data breakpoint", () => {
  // https://github.com/microsoft/debugpy/issues/1291
  it("microsoft/debugpy#1291: stops where a variable is written, and says by whom and how it changed", () =>
    withSession("workers", atHeld, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      const breakpoint = await watch(session, stop, "total");
      expect(breakpoint.verified).toBe(true);
      stop = await session.resume("continue");
      expect(stop).toMatchObject({ reason: "data breakpoint", hitBreakpointIds: [breakpoint.id] });
      const place = `workers.ts:${session.line("#bp add") + 1}`;
      expect(stop.text).toMatch(new RegExp(`^total: \\d+ → \\d+ by CPU \\d in add\\(\\), ${place}`));
      expect(await session.top(stop)).toMatchObject({ name: "add", line: session.line("#bp add") + 2 });
      await set(session, []);
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(0);
    }));

  it("stops at the same accesses backwards as forwards", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      await watch(session, stop, "total");
      const forward: (string | undefined)[] = [];
      for (let n = 0; n < 5; n++) forward.push((stop = await session.resume("continue")).text);
      const before = forward.map((text) => text!.replace(/ \(in the past.*/, ""));
      expect(new Set(before).size).toBeGreaterThan(1);
      for (let n = 3; n >= 0; n--) {
        stop = await go(session, "reverseContinue");
        expect(stop).toMatchObject({ reason: "data breakpoint" });
        expect(stop.text!.replace(/ \(in the past.*/, "")).toBe(before[n]);
      }
      for (let n = 1; n < 5; n++) {
        stop = await session.resume("continue");
        expect(stop.text!.replace(/ \(in the past.*/, "")).toBe(before[n]);
      }
    }));

  // https://github.com/microsoft/vscode/issues/58304
  it("microsoft/vscode#58304: has conditions on the value, hit counts, and kinds of access", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      await watch(session, stop, "total", { condition: "value > 5 && old < value && cpu == 1" });
      stop = await session.resume("continue");
      const [, old, value] = /total: (\d+) → (\d+) by CPU 1/.exec(stop.text!)!.map(Number);
      expect(value).toBeGreaterThan(5);
      expect(value).toBeGreaterThan(old!);
      await watch(session, stop, "total", { accessType: "read", hitCondition: "2" });
      stop = await session.resume("continue");
      expect(stop.text).toMatch(/^total: read by CPU \d in add\(\)/);
      const [bad] = await set(session, [{ dataId: '{"kind":"value"}' }]);
      expect(bad!.verified).toBe(false);
      expect(bad!.message).toMatch(/dataBreakpointInfo/);
    }));

  it("on a field of the variables' tree is found in the object, wherever the object is used", () =>
    withSession("examples/snull/snull.ts", { functions: [{ name: "hard_start_xmit" }] }, async (session) => {
      let stop = await session.stopped();
      const device = (await session.scopes((await session.top(stop)).id)).get("Device")!;
      const info = await infoOf(session, { name: "state", variablesReference: device.variablesReference });
      expect(info).toMatchObject({ accessTypes: ["read", "write", "readWrite"], canPersist: true });
      await session.client.request("setFunctionBreakpoints", { breakpoints: [] });
      await set(session, [{ dataId: info.dataId! }]);
      stop = await session.resume("continue");
      // the kernel's own code writes it: netif_stop_queue, netif_wake_queue, dev_close …
      expect(stop.reason).toBe("data breakpoint");
      expect(stop.text).toMatch(
        /^state: \{words: \[\d+\]\} → \{words: \[\d+\]\} by CPU \d in \w+\(\), [\w-]+\.ts:\d+/,
      );
    }));

  it("refuses what cannot be watched, and says why", () =>
    withSession("workers", atHeld, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      expect(await infoOf(session, { name: "1 + 1", frameId })).toMatchObject({ dataId: null });
      expect((await infoOf(session, { name: "nonsense", frameId })).description).toMatch(/no variable/);
      expect((await infoOf(session, { name: "0x1000", asAddress: true, bytes: 4 })).description).toMatch(
        /nothing is mapped at 0x1000/,
      );
      expect(await session.client.refusal("setDataBreakpoints", { breakpoints: [{}] })).toMatch(/dataId/);
    }));
});

describe("a data breakpoint on a lock", () => {
  it("stops when it is taken, released and waited for", () =>
    withSession("contend", { breakpoints: ["#bp round"] }, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      const frameId = (await session.top(stop)).id;
      const info = await infoOf(session, { name: "lock", frameId });
      expect(info.description).toMatch(/^lock lock \(write: taken or released; read: waited for\)/);
      await set(session, [{ dataId: info.dataId!, accessType: "write" }]);
      const told: string[] = [];
      for (let n = 0; n < 6; n++) told.push((stop = await session.resume("continue")).text!);
      for (const [n, text] of told.entries())
        expect(text).toMatch(
          n % 2 === 0 ? /^lock lock: acquired by CPU \d in hold/ : /^lock lock: released by CPU \d in hold/,
        );
      expect((await session.frames(stop.threadId)).map(({ name }) => name)).toContain("hold");
      await set(session, [{ dataId: info.dataId!, accessType: "read" }]);
      stop = await session.resume("continue");
      expect(stop.text).toMatch(/^lock lock: contended by CPU \d in hold/);
    }));

  it("tells when the lock changed hands last", () =>
    withSession("contend", { breakpoints: [{ marker: "#bp held", hitCondition: "4" }] }, async (session) => {
      let stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      stop = await go(session, "netdev-lab/lastAccess", { name: "lock", frameId });
      expect(stop).toMatchObject({ reason: "goto" });
      expect(stop.description).toMatch(/^◀/);
      expect(stop.text).toMatch(/^lock lock: acquired by CPU \d in hold\(\), contend.ts:\d+/);
      expect((await session.frames(stop.threadId)).map(({ name }) => name)).toContain("hold");
    }));
});

describe("who wrote a value last", () => {
  it("leads to the statement before it did", () =>
    withSession("workers", { breakpoints: ["#bp exit"] }, async (session) => {
      let stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      const final = await session.evaluate(stop, "total");
      stop = await go(session, "netdev-lab/lastAccess", { name: "total", frameId });
      expect(stop.text).toContain(`→ ${final} by CPU ${stop.threadId - 1} in add()`);
      const top = await session.top(stop);
      expect(top).toMatchObject({ name: "add", line: session.line("#bp add") + 1 });
      stop = await session.resume("next", stop.threadId);
      expect(await session.evaluate(stop, "total")).toBe(final);
      expect(await session.client.refusal("netdev-lab/lastAccess", { name: "nonsense", frameId })).toMatch(
        /./,
      );
    }));
});
