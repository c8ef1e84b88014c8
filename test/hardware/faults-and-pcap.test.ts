/** Names of faults, and the capture of the cable. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { complaint, OPTIONS } from "../../cli/options.ts";
import { FAULT_NAMES } from "../../sim/lab/fault-names.ts";
import { PcapWriter } from "../../sim/lab/pcap.ts";
import { makeLab, runModel } from "../support/lab.ts";

const MINI = "test/hardware/models/mini.ts";
const SEND = `
import { devices, fault, ifconfig, insmod, rmmod, send, sleepNs, wire } from "lab/workload";
export default function main() {
  insmod();
  ifconfig("eth0", "up");
  send("eth0", { count: 5, size: 100 });
  wire.inject({ count: 3, size: 1000 });
  sleepNs(2_000_000);
  ifconfig("eth0", "down");
  rmmod();
}
`;

describe("faults", () => {
  it("have the names that the kernel asks for", () => {
    const asked = new Set<string>();
    for (const file of readdirSync("sim/kernel", { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      const text = readFileSync(join("sim/kernel", file), "utf8");
      for (const [, name] of text.matchAll(/should_fail\("([^"]+)"\)/g)) asked.add(name!);
    }
    expect([...asked].sort()).toEqual(FAULT_NAMES);
  });

  it("of another name are refused by the command line and by fault()", () => {
    const spec = OPTIONS.find((o) => o.name === "fault")!;
    expect(complaint(spec, "dma-map=nth:1")).toBeNull();
    expect(complaint(spec, "dmamap=nth:1")).toContain("dma-map");
    const workload = SEND.replace("insmod();", 'fault("nope", "nth:1");');
    const { events } = runModel({ model: MINI, workload, trace: true });
    const steps = events.flatMap((e) => (e.type === "workload-step" ? [e.what] : []));
    expect(steps.at(-1)).toMatch(
      /^refused: fault\("nope", "nth:1"\): there is no such fault; what can fail is .*dma-map/,
    );
  });

  it.each([
    "dma-map=nth:3",
    "dma-alloc=nth:2",
    "ioremap=nth:1",
    "pci-enable=nth:1",
    "request-region=nth:2",
    "request-irq=nth:1",
    "register-netdev=nth:1",
    "probe=nth:1",
  ])("%s is survived by a correct driver in silence", (fault) => {
    const [name, spec] = fault.split("=") as [string, string];
    const run = runModel({ model: MINI, workload: SEND, config: { faults: { [name]: spec } } });
    expect(run.violations.map((v) => `${v.rule}: ${v.message}`)).toEqual([]);
  });
});

describe("the capture", () => {
  const lab = makeLab({ model: MINI, workload: SEND });
  const writer = new PcapWriter(lab.machine);
  lab.runToEnd();
  const file = writer.file();

  it("has the frames of the cable, both ways, in order of time", () => {
    const view = new DataView(file.buffer);
    expect(view.getUint32(0, true)).toBe(0xa1b23c4d);
    const sizes: number[] = [];
    for (let at = 24; at < file.length; at += 16 + view.getUint32(at + 8, true))
      sizes.push(view.getUint32(at + 12, true));
    expect(sizes.filter((size) => size === 100)).toHaveLength(5);
    expect(sizes.filter((size) => size === 1000)).toHaveLength(3);
    expect(writer.count).toBe(8);
  });

  const tcpdump = spawnSync("tcpdump", ["--version"]).status === 0;
  it.skipIf(!tcpdump)("is read by tcpdump, checksums and all", () => {
    const path = join(mkdtempSync(join(tmpdir(), "pcap-")), "wire.pcap");
    writeFileSync(path, file);
    const text = execFileSync("tcpdump", ["-nnvv", "-r", path], { encoding: "utf8", stdio: "pipe" });
    expect(text.match(/udp sum ok/g)).toHaveLength(8);
    expect(text).not.toContain("bad");
  });
});
