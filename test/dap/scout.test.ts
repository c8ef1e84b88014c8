/** What is learnt of the past while nobody waits is what a search would find there. */
import { beforeAll, describe, expect, it } from "vitest";
import { Dispatcher } from "../../debug-adapter/dispatcher.ts";
import { nodePlatform } from "../../debug-adapter/platform/node.ts";
import { installPlatform } from "../../debug-adapter/platform/platform.ts";
import type { Outgoing } from "../../debug-adapter/protocol.ts";
import { handlers } from "../../debug-adapter/requests/index.ts";
import { Session } from "../../debug-adapter/session/session.ts";
import { scout } from "../../debug-adapter/time/scout.ts";
import { type Arrival, Travel } from "../../debug-adapter/time/travel.ts";
import { buildCli } from "../cli/netdev-lab.ts";
import { lineOf, modelPath } from "./support/model.ts";

const program = modelPath("workers");
const always = (): boolean => true;

/** A session in this process, stopped at the `hits`th hit of a breakpoint. */
async function stoppedAt(marker: string, hits: number): Promise<{ session: Session; ask: Ask }> {
  let wake: (() => void) | null = null;
  const send = (message: Outgoing): void => {
    if (message.type === "event" && message.event === "stopped") wake?.();
  };
  const session = new Session(send);
  const dispatcher = new Dispatcher(handlers, session, send);
  let seq = 0;
  const ask: Ask = (command, args) => dispatcher.dispatch({ seq: ++seq, command, arguments: args });
  const stopped = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  await ask("initialize", { adapterID: "netdev-lab" });
  await ask("setBreakpoints", {
    source: { path: program },
    breakpoints: [{ line: lineOf(program, marker) }],
  });
  await ask("setExceptionBreakpoints", { filters: [] });
  await ask("launch", { program });
  for (let n = 0; n < hits; n++) {
    const stop = stopped();
    await ask(n === 0 ? "configurationDone" : "continue", { threadId: 1 });
    await stop;
  }
  return { session, ask };
}

type Ask = (command: string, args: object) => Promise<void>;

const short = (arrival: Arrival | null | undefined) =>
  arrival && { moment: arrival.moment, reason: arrival.reason, cpu: arrival.cpu, detail: arrival.detail };

describe("the scout", () => {
  beforeAll(async () => {
    installPlatform(nodePlatform());
    await buildCli();
  });

  it("finds the stops that a search finds, however often it is interrupted", async () => {
    const { session, ask } = await stoppedAt("#bp held", 6);
    const { history: timeline } = session;
    const { look } = session.journeys;
    const now = session.live.moment;
    for (let rounds = 1, done = false; !done; rounds++) {
      expect(timeline.seen.lastStop(now)).toBeUndefined();
      let slices = 0;
      done = await scout(timeline, now, look, () => ++slices <= (rounds < 30 ? 1 : 1_000));
    }
    const travel = new Travel(timeline, always);
    let before = now;
    for (let n = 0; n < 5; n++) {
      const known = timeline.seen.lastStop(before);
      expect(known).toBeTruthy();
      expect(short(known)).toEqual(short(await travel.lastStop(before, look)));
      before = known!.moment;
    }
    expect(timeline.seen.lastStop(before)).toBeNull();
    // the last statements are known, too, up to where the session stands
    expect(timeline.seen.traceTo(now)?.entries.at(-1)?.at).toEqual(now);

    // other breakpoints stop elsewhere
    await ask("setBreakpoints", {
      source: { path: program },
      breakpoints: [{ line: lineOf(program, "#bp add") + 1 }],
    });
    expect(timeline.seen.lastStop(now)).toBeUndefined();
    expect(await scout(timeline, now, look, always)).toBe(true);
    expect(short(timeline.seen.lastStop(now))).toEqual(short(await travel.lastStop(now, look)));
    await ask("disconnect", {});
  }, 30_000);

  it("goes on from where it was when the run has gone on", async () => {
    const { session, ask } = await stoppedAt("#bp held", 2);
    const { history: timeline } = session;
    await scout(timeline, session.live.moment, session.journeys.look, always);
    const first = timeline.seen.traceTo(session.live.moment)!;
    await ask("setBreakpoints", { source: { path: program }, breakpoints: [] });
    const later = { ticks: session.live.moment.ticks + 500, stalls: 0 };
    expect(await scout(timeline, later, session.journeys.look, always)).toBe(true);
    const { from, entries } = timeline.seen.traceTo(later)!;
    expect(from).toBe(first.from);
    expect(entries.slice(0, first.entries.length)).toEqual(first.entries);
    expect(entries.at(-1)?.at.ticks).toBe(later.ticks);
    await ask("disconnect", {});
  }, 30_000);
});
