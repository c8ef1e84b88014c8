/** A small correct driver on LabNIC: from insmod to rmmod, frames both ways. */
import { describe, expect, it } from "vitest";
import { runModel } from "../support/lab.ts";

const MINI = "test/hardware/models/mini.ts";

const TRAFFIC = `
import { expect, ifconfig, insmod, ping, received, rmmod, send, sleepNs, stats, wire } from "lab/workload";
export default function main() {
  expect(insmod() === 0, "insmod");
  expect(ifconfig("eth0", "up") === 0, "up");
  expect(send("eth0", { count: 20, size: 300, gapNs: 40_000 }) === 20, "sent");
  sleepNs(3_000_000);
  expect(wire.received() === 20, \`the peer got \${wire.received()}\`);
  wire.inject({ count: 10, size: 200 });
  sleepNs(3_000_000);
  expect(received("eth0") === 10, \`the stack got \${received("eth0")}\`);
  wire.peer("echo");
  expect(ping("eth0", { count: 3 }) === 3, "pings are answered");
  wire.inject({ kind: "ping" });
  sleepNs(3_000_000);
  const s = stats("eth0");
  expect(s.tx_packets >= 23 && s.rx_packets >= 13, \`tx \${s.tx_packets} rx \${s.rx_packets}\`);
  expect(ifconfig("eth0", "down") === 0, "down");
  expect(rmmod() === 0, "rmmod");
}
`;

describe("a driver on LabNIC", () => {
  it.each([
    ["intx", 1],
    ["intx", 2],
    ["intx", 3],
    ["msi", 1],
    ["msi", 2],
  ] as const)("sends and receives with %s, seed %i, in silence", (irq, seed) => {
    const run = runModel({ model: MINI, workload: TRAFFIC, config: { irq, seed } });
    expect(run.violations.map((v) => `${v.rule}: ${v.message}`)).toEqual([]);
    expect(run.end).toEqual({ kind: "ended", reason: "finished" });
  });

  it("does the same in fixed order", () => {
    const run = runModel({ model: MINI, workload: TRAFFIC, config: { strategy: "fixed" } });
    expect(run.violations.map((v) => `${v.rule}: ${v.message}`)).toEqual([]);
  });

  it("is silent under the workload smoke", () => {
    const run = runModel({ model: MINI, workload: "smoke" });
    expect(run.violations.map((v) => `${v.rule}: ${v.message}`)).toEqual([]);
  });
});
