/** Recordings as things to work with: saved schedules, named moments, visits of a line, an orderly end. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildCli, Folder, netdevLab } from "../cli/netdev-lab.ts";
import { modelPath } from "./support/model.ts";
import { type Session, type Stopped, withSession } from "./support/session.ts";

async function go(session: Session, command: string, args: object): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

const stateOf = (session: Session) =>
  session.client.request<{ historyHash: string; statements: number; tick: number }>("netdev-lab/state");

describe("a saved schedule", () => {
  it("is opened by attach, and runs to the bit as it was recorded", async () => {
    await buildCli();
    const folder = new Folder();
    try {
      const model = modelPath("examples/threads/account.ts");
      const args = ["explore", model, "--json", "--schedules", "200", "--out", join(folder.path, "out")];
      const { stdout } = await netdevLab(args);
      const { violations } = JSON.parse(stdout) as { violations: { schedule: string; rule: string }[] };
      const { schedule } = violations[0]!;
      const { historyHash } = JSON.parse(readFileSync(schedule, "utf8")) as { historyHash: string };
      const attach = async ({ client }: Session, filters: string[]): Promise<void> => {
        await client.request("setExceptionBreakpoints", { filters });
        await client.request("attach", { schedule });
        await client.request("configurationDone");
      };
      const watchIt = async (session: Session): Promise<void> => {
        await attach(session, []);
        await session.finished();
        expect(session.client.outputs()).toContain(`history ${historyHash}`);
      };
      await withSession("workers", {}, watchIt, "initialize");
      const stepIt = async (session: Session): Promise<void> => {
        const filters = session.capabilities.exceptionBreakpointFilters!.map(({ filter }) => filter);
        await attach(
          session,
          filters.filter((filter) => !filter.startsWith("event:")),
        );
        const stop = await session.stopped();
        expect(stop.reason).toBe("exception");
        const back = await go(session, "stepBack", { threadId: stop.threadId });
        expect(back.description).toMatch(/^◀/);
      };
      await withSession("workers", {}, stepIt, "initialize");
    } finally {
      folder.remove();
    }
  });

  it("that is none is refused with the reason", () =>
    withSession(
      "workers",
      {},
      async (session) => {
        const file = join(mkdtempSync(join(tmpdir(), "netdev-lab-")), "odd.json");
        writeFileSync(file, "{}");
        expect(await session.client.refusal("attach", { schedule: "/nowhere.json" })).toMatch(
          /no schedule \/nowhere/,
        );
        expect(await session.client.refusal("attach", { schedule: file })).toMatch(
          /no schedule of netdev-lab/,
        );
        expect(await session.client.refusal("attach", {})).toMatch(/schedule is missing/);
      },
      "initialize",
    ));
});

// https://github.com/rr-debugger/rr/issues/604
describe("rr-debugger/rr#604: a checkpoint", () => {
  it("names a moment that can be gone back to, in whatever timeline", () =>
    withSession("workers", { breakpoints: ["#bp held"] }, async (session) => {
      await session.stopped();
      await session.client.request("netdev-lab/checkpoint", { action: "set", name: "first" });
      const first = await stateOf(session);
      await session.resume("continue");
      await session.resume("continue");
      const { checkpoints } = await session.client.request<{ checkpoints: { name: string; tick: number }[] }>(
        "netdev-lab/checkpoint",
        { action: "list" },
      );
      expect(checkpoints).toMatchObject([{ name: "first", tick: first.tick, timeline: 1 }]);
      await go(session, "netdev-lab/checkpoint", { action: "go", name: "first" });
      expect(await stateOf(session)).toMatchObject({
        historyHash: first.historyHash,
        statements: first.statements,
      });
      await session.client.request("netdev-lab/checkpoint", { action: "delete", name: "first" });
      expect(await session.client.refusal("netdev-lab/checkpoint", { action: "go", name: "first" })).toMatch(
        /there is no checkpoint "first"/,
      );
      expect(await session.client.refusal("netdev-lab/checkpoint", { action: "odd" })).toMatch(
        /action must be/,
      );
    }));
});

describe("visits of a line", () => {
  it("are gone to backwards and forwards within the recording, of one CPU if that is asked for", () =>
    withSession("workers", { breakpoints: ["#bp exit"] }, async (session) => {
      let stop = await session.stopped();
      const source = { path: session.program };
      const line = session.line("#bp held");
      const visit = (direction: string, more: object = {}): Promise<Stopped> =>
        go(session, "netdev-lab/visit", { direction, source, line, ...more });
      const moments: number[] = [];
      for (let n = 0; n < 3; n++) {
        stop = await visit("previous");
        expect(await session.top(stop)).toMatchObject({ name: "locked_add", line });
        moments.push((await stateOf(session)).statements);
      }
      expect(moments).toEqual([...moments].sort((a, b) => b - a));
      stop = await visit("next");
      expect((await stateOf(session)).statements).toBe(moments[1]);
      stop = await visit("previous", { threadId: 1 });
      expect(stop.threadId).toBe(1);
      const refused = { direction: "sideways", source, line };
      expect(await session.client.refusal("netdev-lab/visit", refused)).toMatch(/previous or next/);
    }));
});

describe("terminate", () => {
  it("closes interfaces and unloads the model first, without a stop; exited and terminated come once", () =>
    withSession(
      "examples/snull/snull-fixed.ts",
      { functions: [{ name: "hard_start_xmit" }] },
      async (session) => {
        await session.stopped();
        await session.client.request("terminate", {});
        await session.finished();
        expect(session.client.outputs()).toMatch(
          /being brought to its end[\s\S]*Run finished: nothing found/,
        );
        expect(session.client.events("terminated")).toHaveLength(1);
      },
    ));

  it("ends a run that cannot be torn down when it is asked a second time", () =>
    withSession("endless", {}, async (session) => {
      await session.client.request("terminate", {});
      await session.client.request("terminate", {});
      await session.finished();
      expect(session.client.events("terminated")).toHaveLength(1);
    }));
});
