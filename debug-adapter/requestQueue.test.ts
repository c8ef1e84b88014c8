import { describe, expect, it } from "vitest";
import type { IncomingRequest } from "./protocol.ts";
import { RequestQueue } from "./requestQueue.ts";

function harness() {
  const log: string[] = [];
  const late: IncomingRequest[] = [];
  const queue = new RequestQueue(
    {
      async dispatch({ seq, command }) {
        await Promise.resolve();
        log.push(`${command} ${seq}`);
      },
      refuse: ({ seq }) => void log.push(`refused ${seq}`),
    },
    () => late.shift(),
  );
  return { log, late, queue };
}

describe("a queue of requests", () => {
  it("answers them in order, those too that come meanwhile", async () => {
    const { log, late, queue } = harness();
    late.push({ seq: 2, command: "b" }, { seq: 3, command: "c" });
    await queue.add({ seq: 1, command: "a" });
    expect(log).toEqual(["a 1", "b 2", "c 3"]);
  });

  it("takes back the one that cancel names, and lets cancel go first", async () => {
    const { log, late, queue } = harness();
    late.push({ seq: 2, command: "b" }, { seq: 3, command: "c" });
    late.push({ seq: 4, command: "cancel", arguments: { requestId: 2 } });
    await queue.add({ seq: 1, command: "a" });
    expect(log).toEqual(["refused 2", "cancel 4", "a 1", "c 3"]);
  });

  it("takes nothing back that has been answered, that is unknown, or that was not named", async () => {
    const { log, late, queue } = harness();
    await queue.add({ seq: 1, command: "a" });
    late.push({ seq: 3, command: "cancel", arguments: { requestId: 1 } });
    late.push({ seq: 4, command: "cancel" }, { seq: 5, command: "cancel", arguments: { requestId: "2" } });
    await queue.add({ seq: 2, command: "b" });
    expect(log.filter((line) => line.startsWith("refused"))).toEqual([]);
    expect(log).toContain("b 2");
  });
});
