/** Figures of time travel: a recording of snull with a million statements, walked through over the wire. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "./adapter.ts";
import { percentile, type Row } from "./table.ts";

const LENGTH = 1_000_000;
/** A user looks at a stop for about so long; meanwhile the adapter parks runs in the past. */
const LOOKING_S = 20;
/** And so long at each later one. */
const BETWEEN_MS = 1_000;
const WORKLOAD = `
import { ifconfig, insmod, send } from "lab/workload";
export default function long_flood() {
  insmod();
  ifconfig("sn0", "up");
  ifconfig("sn1", "up");
  send("sn0", { size: 200, count: 100000 });
}
`;

interface Journey {
  readonly ms: number;
  readonly processorMs: number;
}

/** `log` gets the times one by one; `looking`: seconds before the first step back. */
export async function travelRows(
  root: string,
  log: (line: string) => void = () => {},
  looking = LOOKING_S,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "netdev-lab-bench-"));
  const workload = join(folder, "long_flood.ts");
  writeFileSync(workload, WORKLOAD);
  const client = new Client(join(root, "dist/debug-adapter.mjs"));
  try {
    const initialized = client.event("initialized");
    await client.request("initialize", {
      adapterID: "netdev-lab",
      linesStartAt1: true,
      columnsStartAt1: true,
    });
    const program = join(root, "examples/snull/snull-fixed.ts");
    const launched = client.request("launch", { program, workload, cpus: 2, maxTicks: 1e9 });
    await initialized;
    await client.request("setExceptionBreakpoints", { filters: [] });
    await client.request("configurationDone");
    await launched;
    while (Number((await client.request("netdev-lab/state")).body?.statements) < LENGTH)
      await new Promise((resolve) => setTimeout(resolve, 20));
    let stopped = client.event("stopped");
    await client.request("pause", { threadId: 1 });
    const threadId = Number((await stopped).body?.threadId);
    const statements = Number((await client.request("netdev-lab/state")).body?.statements);
    await client.request("setFunctionBreakpoints", { breakpoints: [{ name: "snull_tx" }] });
    await new Promise((resolve) => setTimeout(resolve, looking * 1_000));
    log(`processor time before the first journey: ${client.processorMs} ms`);
    const timed = async (command: string, args: object): Promise<Journey> => {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      const start = performance.now();
      const before = client.processorMs;
      stopped = client.event("stopped");
      await client.request(command, args);
      await stopped;
      return { ms: performance.now() - start, processorMs: client.processorMs - before };
    };
    const stepBack: Journey[] = [];
    for (let n = 0; n < 15; n++) stepBack.push(await timed("stepBack", { threadId }));
    const reverse: Journey[] = [];
    for (let n = 0; n < 10; n++) reverse.push(await timed("reverseContinue", { threadId }));
    const seek: Journey[] = [];
    for (let n = 0; n < 10; n++)
      seek.push(
        await timed("netdev-lab/seek", { statement: Math.floor(((n * 7) % 10) * (statements / 10)) + 5_000 }),
      );
    const row = (what: string, journeys: readonly Journey[], limit: string): Row => {
      const times = journeys.map(({ ms }) => ms);
      log(`${what}: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
      log(`  of processor time: ${journeys.map(({ processorMs }) => processorMs).join(", ")} ms`);
      const long = `in a recording of ${(statements / 1e6).toFixed(1)} M statements`;
      const processor = percentile(
        journeys.map((one) => one.processorMs),
        0.95,
      );
      const figure = `${percentile(times, 0.95).toFixed(0)} ms`;
      return [
        `${what}, p95, ${long}`,
        Number.isNaN(processor) ? figure : `${figure} (${processor} ms of processor time)`,
        limit,
      ];
    };
    return [
      row("step back", stepBack, "< 100 ms"),
      row("reverse continue", reverse, "< 1000 ms"),
      row("seek anywhere", seek, "< 300 ms"),
    ];
  } finally {
    client.end();
    rmSync(folder, { recursive: true });
  }
}
