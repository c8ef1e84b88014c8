/** A run of the real adapter that has recorded much, stopped, to be asked by a timeline. */
import { join } from "node:path";
import type { EventRows } from "../../../debug-adapter/messages/timeline.ts";
import { DapClient } from "../../../scripts/dap-client.mjs";

const root = join(import.meta.dirname, "../../..");

/** Runs LabNIC's reference driver until at least `count` things are recorded. */
export async function recorded(count: number): Promise<DapClient> {
  const dap = new DapClient(process.execPath, [join(root, "dist/debug-adapter.mjs")]);
  await dap.request("initialize", { adapterID: "netdev-lab", linesStartAt1: true, columnsStartAt1: true });
  const launched = dap.request("launch", {
    program: join(root, "examples/labnic/labnic.ts"),
    workload: join(root, "test/bench/traffic.ts"),
    maxTicks: 1e9,
  });
  await Promise.race([dap.event("initialized"), launched.then(() => dap.event("initialized"))]);
  await dap.request("setExceptionBreakpoints", { filters: [] });
  await dap.request("configurationDone");
  await launched;
  for (;;) {
    const { total } = (await dap.request("netdev-lab/events", { count: 1 })) as EventRows;
    if (total >= count) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await dap.request("pause", { threadId: 1 });
  await dap.event("stopped");
  return dap;
}
