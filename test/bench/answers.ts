/** How long a client waits for an answer while the machine runs at full speed. */
import { join } from "node:path";
import { Client } from "./adapter.ts";
import { percentile } from "./table.ts";

const ROUNDS = 30;

/** p95 over `threads`, `cancel`, and `pause` up to its `stopped` event, in turn. */
export async function answersP95Ms(root: string): Promise<number> {
  const client = new Client(join(root, "dist/debug-adapter.mjs"));
  try {
    const initialized = client.event("initialized");
    await client.request("initialize", { adapterID: "netdev-lab" });
    const program = join(root, "examples/snull/snull-fixed.ts");
    const workload = join(root, "test/bench/transmit.ts");
    const launched = client.request("launch", { program, workload, cpus: 2, maxTicks: 1e12 });
    await initialized;
    await client.request("setExceptionBreakpoints", { filters: [] });
    await client.request("configurationDone");
    await launched;
    const times: number[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const command of ["threads", "cancel", "pause"]) {
        const stopped = command === "pause" ? client.event("stopped") : null;
        const start = performance.now();
        await client.request(command, {});
        await stopped;
        times.push(performance.now() - start);
      }
      await client.request("continue", {});
    }
    return percentile(times, 0.95);
  } finally {
    client.end();
  }
}
