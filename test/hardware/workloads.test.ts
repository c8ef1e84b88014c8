/** The built-in workloads that need a card: a correct driver is silent, and what they are for does happen. */
import { describe, expect, it } from "vitest";
import type { LabConfig } from "../../sim/lab/config.ts";
import { runModel } from "../support/lab.ts";

const MINI = "test/hardware/models/mini.ts";

function play(workload: string, config: Partial<LabConfig> = {}, model = MINI) {
  const run = runModel({ model, workload, config, trace: true });
  expect(run.violations.map((v) => `${v.rule}: ${v.message}`)).toEqual([]);
  expect(run.end).toEqual({ kind: "ended", reason: "finished" });
  const count = (type: string) => run.events.filter((e) => e.type === type).length;
  return { ...run, count };
}

describe("a correct driver under", () => {
  it("flood-rx receives", () => {
    const { events } = play("flood-rx");
    expect(events.filter((e) => e.type === "skb-delivered").length).toBeGreaterThan(30);
  });

  it("bidirectional answers the peer, on two cards", () => {
    const { count } = play("bidirectional", { nics: 2 });
    expect(count("wire-frame")).toBeGreaterThan(200);
  });

  it("linkflap loses and finds the link", () => {
    const { events } = play("linkflap");
    expect(events.some((e) => e.type === "carrier" && !e.on)).toBe(true);
    expect(events.some((e) => e.type === "carrier" && e.on)).toBe(true);
  });

  it("txhang has its tx_timeout called and sends again", () => {
    const { count, events } = play("txhang");
    expect(count("tx-timeout")).toBeGreaterThan(0);
    const hung = events.findIndex((e) => e.type === "tx-timeout");
    expect(events.slice(hung).some((e) => e.type === "wire-frame" && e.direction === "out")).toBe(true);
  });

  it("sharedirq is called for somebody else's interrupts", () => {
    const { events } = play("sharedirq");
    expect(events.filter((e) => e.type === "shared-interrupt" && e.asserted).length).toBeGreaterThan(5);
  });

  it("suspend sleeps and wakes", () => {
    const { count } = play("suspend");
    expect(count("pci-suspend")).toBe(3);
    expect(count("pci-resume")).toBe(3);
  });

  it("netpoll sends every message, past a full queue too", () => {
    const { events } = play("netpoll", {}, "examples/labnic/labnic.ts");
    const sent = events.filter((e) => e.type === "netpoll-send" && e.result === 0);
    expect(sent.length).toBe(25);
    expect(events.some((e) => e.type === "callback-entered" && e.slot === "poll_controller")).toBe(true);
  });

  it("everything survives", () => {
    play("everything", { irq: "msi" });
  });
});
