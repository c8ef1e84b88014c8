/** Looking at the machine: scopes of the hardware, commands of the console; nothing of it changes the run. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

const MINI = "test/hardware/models/mini.ts";
const atXmit = { functions: [{ name: "hard_start_xmit" }] };

async function parts(
  session: Session,
  variablesReference: number,
  more: object = {},
): Promise<Dap.Variable[]> {
  const args = { variablesReference, ...more };
  return (await session.client.request<{ variables: Dap.Variable[] }>("variables", args)).variables;
}

async function scope(session: Session, stop: Stopped, name: string): Promise<Dap.Variable[]> {
  const found = (await session.scopes((await session.top(stop)).id)).get(name);
  if (found === undefined) throw new Error(`no scope ${name}`);
  return parts(session, found.variablesReference);
}

const hashOf = async (session: Session): Promise<string> =>
  (await session.client.request<{ historyHash: string }>("netdev-lab/state")).historyHash;

describe("scopes of the hardware", () => {
  // https://github.com/mcu-debug/peripheral-viewer/issues/16
  it("mcu-debug/peripheral-viewer#16: registers are shown without reading them", () =>
    withSession(MINI, atXmit, async (session) => {
      const stop = await session.stopped();
      const hash = await hashOf(session);
      const registers = await scope(session, stop, "Registers");
      expect(registers.length).toBeGreaterThan(5);
      for (const { value, presentationHint } of registers) {
        expect(value).toMatch(/^0x[0-9a-f]{8}|not visible/);
        expect(presentationHint!.attributes).toContain("readOnly");
      }
      expect(await scope(session, stop, "Registers")).toEqual(registers);
      expect(await hashOf(session)).toBe(hash);
    }));

  it("rings come in pages, with the address of each descriptor, whose bytes are memory", () =>
    withSession(MINI, atXmit, async (session) => {
      const stop = await session.stopped();
      const rings = await scope(session, stop, "Rings & DMA");
      const ring = rings.find(({ value }) => /descriptors, head \d+, tail \d+/.test(value))!;
      expect(ring.indexedVariables).toBeGreaterThan(1);
      const page = await parts(session, ring.variablesReference, { filter: "indexed", start: 1, count: 1 });
      expect(page).toHaveLength(1);
      const read = { memoryReference: page[0]!.memoryReference, count: 8 };
      const { data } = await session.client.request<{ data: string }>("readMemory", read);
      expect(Buffer.from(data, "base64")).toHaveLength(8);
      const info = { variablesReference: ring.variablesReference, name: "1" };
      const watch = await session.client.request<{ dataId: string }>("dataBreakpointInfo", info);
      expect(JSON.parse(watch.dataId)).toMatchObject({ kind: "bytes" });
    }));

  it("a register's writes stop the run, forwards and backwards", () =>
    withSession(MINI, atXmit, async (session) => {
      const stop = await session.stopped();
      const found = (await session.scopes((await session.top(stop)).id)).get("Registers")!;
      const written = (await scope(session, stop, "Registers")).find(({ name }) =>
        /TDT|TX_?TAIL|TXTAIL|TX/.test(name),
      )!;
      const info = { variablesReference: found.variablesReference, name: written.name };
      const { dataId } = await session.client.request<{ dataId: string }>("dataBreakpointInfo", info);
      await session.client.request("setFunctionBreakpoints", { breakpoints: [] });
      await session.client.request("setDataBreakpoints", {
        breakpoints: [{ dataId, accessType: "readWrite" }],
      });
      const hit = await session.resume("continue");
      expect(hit).toMatchObject({ reason: "data breakpoint" });
      expect(hit.text).toContain(`${written.name}: `);
      await session.client.request("reverseContinue", { threadId: 1 });
      expect((await session.stopped()).reason).toMatch(/data breakpoint|entry/);
    }));

  it("timers and interrupt lines are listed", () =>
    withSession(MINI, atXmit, async (session) => {
      const stop = await session.stopped();
      const names = (await scope(session, stop, "Timers & interrupts")).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["pending on CPU 0", expect.stringMatching(/^irq \d+$/)]));
    }));
});

describe("the console's commands", () => {
  it.each([
    ["help", /locks +locks that are held/],
    ["locks", /^lock +kind +CPU +task +taken at\n.*xmit_lock/],
    ["irqs", /^irq +count +state[\s\S]*\w+\(\)/],
    ["timers", /jiffies \d+|no timer is pending/],
    ["rings", /descriptors at 0x[0-9a-f]+\n# +bus +whose +fields\n0 +0x/],
    ["ps", /^id +CPU +state +task[\s\S]*waits for/],
    ["dmesg", /./],
    ["ifconfig", /<UP,.*> mtu 1500\n +ether ([0-9a-f]{2}:){5}/],
    ["explain lock-order", /^lock-order: [\s\S]*Broken when: [\s\S]*Mend it: /],
  ])("%s", (command, words) =>
    withSession(MINI, atXmit, async (session) => {
      const stop = await session.stopped();
      const hash = await hashOf(session);
      expect(await session.evaluate(stop, command, "repl")).toMatch(words);
      expect(await hashOf(session)).toBe(hash);
      expect(session.client.events("netdev-lab/forked")).toEqual([]);
    }),
  );

  it("refuse what they cannot do, and leave expressions alone", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      const stop = await session.stopped();
      const frameId = (await session.top(stop)).id;
      const ask = (expression: string): Promise<string> =>
        session.client.refusal("evaluate", { expression, context: "repl", frameId });
      expect(await ask("explain nonsense")).toMatch(/there is no rule nonsense/);
      expect(await ask("explain")).toMatch(/explain needs RULE/);
      expect(await ask("when nonsense")).toMatch(/nonsense is not defined/);
      expect(await ask("locks.length")).toMatch(/locks is not defined/);
      expect(await session.evaluate(stop, "total", "repl")).toMatch(/^\d+$/);
    }));

  it("when EXPRESSION lists each change in the past, and stays here", () =>
    withSession("workers", { breakpoints: ["#bp exit"] }, async (session) => {
      const stop = await session.stopped();
      const hash = await hashOf(session);
      await session.evaluate(stop, "when total", "repl");
      await session.stopped();
      const told = session.client.outputs();
      // ten additions, and whatever the model's own initialisation does
      expect(Number(/total changed (\d+) times/.exec(told)?.[1])).toBeGreaterThanOrEqual(10);
      expect(told).toMatch(/tick \d+, CPU \d add\(\), workers\.ts:\d+: 0 → \d\n/);
      expect(await hashOf(session)).toBe(hash);
    }));

  it("are coloured for clients that show colours, and complete", () =>
    withSession(
      "workers",
      { breakpoints: ["#bp held"], initialize: { supportsANSIStyling: true } },
      async (session) => {
        const stop = await session.stopped();
        expect(session.capabilities.supportsANSIStyling).toBe(true);
        expect(await session.evaluate(stop, "locks", "repl")).toContain("\u001b[1mlock");
        const frameId = (await session.top(stop)).id;
        const { targets } = await session.client.request<{ targets: Dap.CompletionItem[] }>("completions", {
          text: "dme",
          column: 4,
          frameId,
        });
        expect(targets.map(({ label }) => label)).toContain("dmesg");
      },
    ));
});
