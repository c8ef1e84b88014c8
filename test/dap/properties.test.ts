/**
 * Time travel is exact, and looking changes nothing: over the examples and a handful of the museum, with random distances.
 * `TRAVEL_MODELS=all` takes every model, `TRAVEL_SEED` another draw.
 */
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { type Session, type Stopped, withSession } from "./support/session.ts";

const root = join(import.meta.dirname, "../..");
const seed = Number(process.env.TRAVEL_SEED ?? 1);
const MUSEUM_SAMPLE = 4;

/** Numbers from 0 to below 1, the same for the same seed. */
function draw(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function modelsIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/"))
    .sort();
}

const examples = [
  "examples/snull/snull.ts",
  "examples/snull/snull-fixed.ts",
  "examples/dummy/dummy.ts",
].concat(modelsIn("examples/threads"));

function museum(): string[] {
  const random = draw(seed);
  const all = modelsIn("examples/museum").filter((path) => !/workload|lib|regs/.test(path));
  if (process.env.TRAVEL_MODELS === "all") return all;
  const chosen = new Set<string>();
  while (chosen.size < Math.min(MUSEUM_SAMPLE, all.length))
    chosen.add(all[Math.floor(random() * all.length)]!);
  return [...chosen];
}

interface State {
  readonly statements: number;
  readonly historyHash: string;
}

const stateOf = (session: Session): Promise<State> => session.client.request<State>("netdev-lab/state");

async function go(session: Session, command: string, args: object): Promise<Stopped> {
  await session.client.request(command, args);
  return session.stopped();
}

/** Hash, frames and local variables of every CPU. */
async function everything(session: Session): Promise<unknown> {
  const { statements, historyHash } = await stateOf(session);
  const { threads } = await session.client.request<{ threads: { id: number; name: string }[] }>("threads");
  const cpus: unknown[] = [];
  for (const { id, name } of threads) {
    const frames = await session.frames(id);
    const top = frames.find((frame) => frame.id > 0);
    const locals = top === undefined ? undefined : (await session.scopes(top.id)).get("Locals");
    const { variables } =
      locals === undefined
        ? { variables: [] }
        : await session.client.request<{ variables: { name: string; value: string }[] }>("variables", {
            variablesReference: locals.variablesReference,
          });
    cpus.push([
      name,
      frames.map((frame) => [frame.name, frame.line]),
      variables.map((v) => [v.name, v.value]),
    ]);
  }
  return { statements, historyHash, cpus };
}

describe("forward n and back n", () => {
  const models = [...examples, ...museum()];
  it.each(models.map((model, i): [string, number] => [model, i % 2 === 0 ? 2 : 4]))(
    "is where it was: %s on %i CPUs",
    (model, cpus) =>
      withSession(model, { launch: { cpus, seed: 3 }, filters: ["event:switch"] }, async (session) => {
        await session.stopped();
        for (let n = 0; n < (model.includes("threads") ? 3 : model.includes("museum") ? 6 : 10); n++)
          await session.resume("continue");
        const { statements: end } = await stateOf(session);
        const random = draw(seed + cpus);
        for (let round = 0; round < 3; round++) {
          const from = 1 + Math.floor(random() * (end - 1));
          const n = 1 + Math.floor(random() * Math.min(10_000, end - from));
          await go(session, "netdev-lab/seek", { statement: from });
          const before = await everything(session);
          // statements that native code calls cannot be stopped at: the next one is meant
          expect((before as State).statements).toBeGreaterThanOrEqual(from);
          await go(session, "netdev-lab/seek", { statement: from + n });
          expect(((await stateOf(session)) as State).statements).toBeGreaterThan(from);
          await go(session, "netdev-lab/seek", { statement: from });
          expect(await everything(session)).toEqual(before);
        }
      }),
    30_000,
  );

  it("is where it was by single steps, over all CPUs", () =>
    withSession("workers", { breakpoints: ["#bp init"], launch: { cpus: 2 } }, async (session) => {
      let stop = await session.stopped();
      await session.setBreakpoints([]);
      const random = draw(seed + 9);
      const seen: unknown[] = [];
      for (let n = 0; n < 40; n++) {
        seen.push(await everything(session));
        const command = random() < 0.4 ? "stepIn" : "next";
        stop = await session.resume(command, stop.threadId);
        // what a step does not undo in one go, a seek does: the moment is named by its statement
      }
      while (seen.length > 0) {
        const before = seen.pop() as State;
        await go(session, "netdev-lab/seek", { statement: before.statements });
        expect(await everything(session)).toEqual(before);
      }
    }));
});

describe("looking", () => {
  const LOOKS = ["hover", "watch", "repl", "clipboard"];
  const EXPRESSIONS = [
    "total",
    "cpu",
    "held.length",
    "jiffies",
    "spin_is_locked(lock)",
    "nonsense",
    "locks",
    "ps",
  ];

  it("between steps never changes the run's history", () =>
    withSession("workers", { breakpoints: ["#bp init"] }, async (session) => {
      const path = async (look: boolean): Promise<string[]> => {
        let stop = await session.stopped();
        await session.setBreakpoints([]);
        const random = draw(seed + 77);
        const hashes: string[] = [];
        for (let n = 0; n < 12; n++) {
          if (look) {
            const expression = EXPRESSIONS[Math.floor(random() * EXPRESSIONS.length)]!;
            const context = LOOKS[Math.floor(random() * LOOKS.length)]!;
            const frameId = (await session.top(stop)).id;
            await session.client.answer("evaluate", { expression, context, frameId });
            await everything(session);
          }
          stop = await session.resume("next", stop.threadId);
          hashes.push((await stateOf(session)).historyHash);
        }
        return hashes;
      };
      const looked = await path(true);
      await session.setBreakpoints(["#bp init"]);
      await session.client.request("restart", {});
      expect(await path(false)).toEqual(looked);
    }));
});

describe("while the machine runs", () => {
  it.each(["pause", "cancel", "threads", "disconnect"])("%s is answered", (command) =>
    withSession("endless", { launch: { maxTicks: 500_000_000 } }, async (session) => {
      await session.client.event<{ output: string }>("output", ({ output }) => output.includes("counting"));
      const { statements } = await stateOf(session);
      await session.client.request(command, command === "pause" ? { threadId: 1 } : {});
      if (command === "disconnect") {
        await expect.poll(() => session.client.closed).toBe(true);
        return;
      }
      if (command === "pause") {
        expect((await session.stopped()).reason).toBe("pause");
        await session.client.request("continue", { threadId: 1 });
      }
      // the answer came from the midst of the run, which goes on
      await expect.poll(async () => (await stateOf(session)).statements).toBeGreaterThan(statements);
      expect(session.client.events("terminated")).toEqual([]);
    }),
  );
});
