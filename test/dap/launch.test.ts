/** Launching, ending, and what goes wrong with it. */
import type { DebugProtocol as Dap } from "@vscode/debugprotocol";
import { describe, expect, it } from "vitest";
import { lineOf, modelPath } from "./support/model.ts";
import { type Session, withSession } from "./support/session.ts";

type Output = Dap.OutputEvent["body"];

/** Launches and expects a refusal; the message, and the output that links to a place. */
async function refusedLaunch(session: Session, args: object = {}): Promise<string> {
  await session.configure();
  return session.client.refusal("launch", { ...session.launchArguments(), ...args });
}

describe("launch", () => {
  it("runs a silent model to its end: summary, exit code 0, terminated once and last", () =>
    withSession("workers", {}, async (session) => {
      expect(await session.finished()).toBe(0);
      const { client } = session;
      expect(client.outputs()).toMatch(/workers: loaded\n/);
      expect(client.outputs()).toMatch(
        /Run finished: nothing found\..*workload threads, 2 CPUs, seed 1;.*history [0-9a-f]+/,
      );
      expect(client.events("terminated")).toHaveLength(1);
      expect(client.received.at(-1)).toMatchObject({ event: "terminated" });
      expect(await client.refusal("continue", { threadId: 1 })).toMatch(/the run has ended/);
    }));

  it("gives the same history every time", async () => {
    const hashes: string[] = [];
    for (let i = 0; i < 2; i++)
      await withSession("workers", { launch: { seed: 7 } }, async (session) => {
        await session.finished();
        hashes.push(/history ([0-9a-f]+)/.exec(session.client.outputs())?.[1] ?? "none");
      });
    expect(hashes[0]).not.toBe("none");
    expect(hashes[1]).toBe(hashes[0]);
  });

  it("links the kernel's log to the place in the model", () =>
    withSession("workers", {}, async (session) => {
      const output = await session.client.event<Output>("output", (body) =>
        body.output.includes("workers: loaded"),
      );
      expect(output).toMatchObject({
        category: "stdout",
        source: { path: session.program },
        line: session.line("#bp init"),
      });
    }));

  it("does not run before configurationDone", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const { client } = session;
        await session.configure();
        await client.request("launch", session.launchArguments());
        await client.request("threads");
        expect(client.outputs()).toBe("");
        await client.request("configurationDone");
        await session.finished();
      },
      "initialize",
    ));

  it("takes configurationDone before launch, too", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        await session.client.request("configurationDone");
        await session.client.request("launch", session.launchArguments());
        expect(await session.finished()).toBe(0);
      },
      "initialize",
    ));

  it.each<[string, object, RegExp]>([
    ["a missing file", { program: "/nowhere/model.ts" }, /there is no driver model \/nowhere\/model\.ts/],
    ["an empty path", { program: "" }, /program is empty/],
    ["too many CPUs", { cpus: 1000 }, /cpus must be between 1 and 32, not 1000/],
    ["no CPU", { cpus: 0 }, /cpus must be between/],
    ["half a CPU", { cpus: 1.5 }, /cpus must be an integer/],
    ["a wrong interrupt", { irq: "apic" }, /irq must be intx or msi, not "apic"/],
    ["a wrong strategy", { strategy: "best" }, /strategy must be random or fixed/],
    ["a wrong kernel", { kernel: "6.1" }, /kernel must be 2\.6\.16/],
    ["a wrong fault", { faults: { skb: 3 } }, /faults\.skb must be a string/],
    ["a wrong fault's calls", { faults: { skb: "third" } }, /faults\.skb must be nth:3, .* not "third"/],
    ["an unknown card", { nic: "e1000" }, /nic must be labnic or none, not "e1000"/],
    ["what is no TypeScript", { program: "/tmp/README.md" }, /a driver model is a TypeScript file/],
    ["an unknown workload", { workload: "nonsense" }, /there is no workload "nonsense"/],
    ["a missing workload", { workload: "./nowhere.ts" }, /nowhere\.ts/],
  ])("refuses %s", (_what, args, message) =>
    withSession(
      "workers",
      {},
      async (session) => {
        expect(await refusedLaunch(session, args)).toMatch(message);
        // the client may correct its configuration
        await session.client.request("launch", session.launchArguments());
        await session.client.request("configurationDone");
        expect(await session.finished()).toBe(0);
      },
      "initialize",
    ),
  );

  it.each([
    ["broken", "#error syntax", /syntax/i],
    ["imports", "#error import", /spinlok/],
    ["asynchronous", "#error async", /async/],
  ])("shows where %s does not compile", (model, marker, message) =>
    withSession(
      model,
      {},
      async (session) => {
        const line = session.line(`// ${marker}`);
        expect(await refusedLaunch(session)).toContain(`${session.program}:${line}:`);
        const output = await session.client.event<Output>("output");
        expect(output).toMatchObject({ category: "stderr", source: { path: session.program }, line });
        expect(output.output).toMatch(message);
      },
      "initialize",
    ),
  );

  it("runs without stopping when told noDebug", () =>
    withSession(
      "sleeper",
      { launch: { noDebug: true }, breakpoints: ["#bp sleep"], filters: ["ctx"] },
      async (session) => {
        expect(await session.finished()).toBe(1);
        expect(session.client.events("stopped")).toEqual([]);
        expect(session.client.events("netdev-lab/violation")).toHaveLength(1);
      },
    ));

  it("stops on entry at the first statement of the model's first function", () =>
    withSession("workers", { launch: { stopOnEntry: true } }, async (session) => {
      const stop = await session.stopped();
      expect(stop).toMatchObject({ reason: "entry", allThreadsStopped: true });
      expect(await session.top(stop)).toMatchObject({ name: "workers_init", line: session.line("#bp init") });
      await session.client.request("continue", { threadId: 1 });
      expect(await session.finished()).toBe(0);
    }));

  it("takes the number of CPUs from the configuration, else from the model", () =>
    withSession("workers", { launch: { cpus: 4, stopOnEntry: true } }, async (session) => {
      await session.stopped();
      const { threads } = await session.client.request<{ threads: Dap.Thread[] }>("threads");
      expect(threads.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    }));

  it("ends a model that runs into the limit", () =>
    withSession("endless", { launch: { maxTicks: 20_000 } }, async (session) => {
      expect(await session.finished()).toBe(1);
      expect(session.client.outputs()).toMatch(/\[run-limit\]/);
    }));
});

describe("ending", () => {
  it("terminate ends the run, with exited and terminated", () =>
    withSession("endless", { breakpoints: ["#bp count"] }, async (session) => {
      await session.stopped();
      await session.client.request("terminate", {});
      await session.finished();
      expect(session.client.events("terminated")).toHaveLength(1);
    }));

  it("disconnect is answered while the program runs, and ends the adapter", () =>
    withSession("endless", {}, async (session) => {
      await session.client.event<Output>("output", (body) => body.output.includes("counting"));
      const started = performance.now();
      await session.client.request("disconnect", {});
      expect(performance.now() - started).toBeLessThan(500);
      expect(await session.adapter.ended()).toBe(0);
      Object.assign(session.client, { closed: true });
    }));

  it("restart begins anew on a fresh machine, with the breakpoints that there are", () =>
    withSession("workers", { breakpoints: ["#bp add"] }, async (session) => {
      const totals: string[] = [];
      for (let i = 0; i < 2; i++) {
        let stop = await session.stopped();
        for (let n = 0; n < 3; n++) stop = await session.resume("continue");
        totals.push(await session.evaluate(stop, "[total, amount, tick, now_ns].join()"));
        if (i === 0) await session.client.request("restart", {});
      }
      expect(totals[0]).not.toMatch(/^"0,/);
      expect(totals[1]).toBe(totals[0]);
    }));

  it("restart while the program runs", () =>
    withSession("endless", {}, async (session) => {
      await session.client.event<Output>("output", (body) => body.output.includes("counting"));
      await session.client.request("restart", {
        arguments: { ...session.launchArguments(), maxTicks: 10_000 },
      });
      await session.client.event<Output>("output", (body) => body.output.includes("counting"));
      expect(await session.finished()).toBe(1);
    }));

  it("restart with a model that no longer compiles leaves the run as it is", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      const stop = await session.stopped();
      const broken = { ...session.launchArguments(), program: modelPath("broken") };
      const message = await session.client.refusal("restart", { arguments: broken });
      expect(message).toContain(`broken.ts:${lineOf(modelPath("broken"), "// #error syntax")}:`);
      expect((await session.top(stop)).name).toBe("workers_init");
      await session.resume("next");
    }));
});
