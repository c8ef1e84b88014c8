/** Figures of time travel: a recording of snull with a million statements, walked through over the wire. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "./adapter.ts";
import { percentile, type Row } from "./table.ts";

const LENGTH = 1_000_000;
/** Meanwhile the adapter parks runs in the past; a user looks at a stop for about so long. */
const LOOKING_MS = 12_000;
/** Between two steps back. */
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

/** `log` gets the times one by one. */
export async function travelRows(root: string, log: (line: string) => void = () => {}): Promise<Row[]> {
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
    await new Promise((resolve) => setTimeout(resolve, LOOKING_MS));
    const timed = async (command: string, args: object): Promise<number> => {
      const start = performance.now();
      stopped = client.event("stopped");
      await client.request(command, args);
      await stopped;
      return performance.now() - start;
    };
    const stepBack: number[] = [];
    for (let n = 0; n < 15; n++) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
      stepBack.push(await timed("stepBack", { threadId }));
    }
    const reverse: number[] = [];
    for (let n = 0; n < 10; n++) reverse.push(await timed("reverseContinue", { threadId }));
    const seek: number[] = [];
    for (let n = 0; n < 10; n++)
      seek.push(
        await timed("netdev-lab/seek", { statement: Math.floor(((n * 7) % 10) * (statements / 10)) + 5_000 }),
      );
    const row = (what: string, times: readonly number[], limit: string): Row => {
      log(`${what}: ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
      const long = `in a recording of ${(statements / 1e6).toFixed(1)} M statements`;
      return [`${what}, p95, ${long}`, `${percentile(times, 0.95).toFixed(0)} ms`, limit];
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
