import { expect, test } from "vitest";
import { type LabRun, runModel } from "../support/lab.ts";

const model = "examples/snull/snull-fixed.ts";

function play(workload: string): LabRun {
  return runModel({ model, workload, trace: true, config: { nic: "none" } });
}

/** Lines that the workload printed by `say(…)`. */
function said(run: LabRun): unknown[] {
  return run.dmesg.filter((line) => line.startsWith("say ")).map((line) => JSON.parse(line.slice(4)));
}

const SAY = `import { printk } from "linux/kernel"; function say(x: unknown) { printk("say " + JSON.stringify(x) + "\\n"); }\n`;

test("user space configures devices, reads them, and counts what they received", () => {
  const run = play(`${SAY}
    import { insmod, rmmod, ifconfig, send, received, ethtool, ioctl, sysfsList, sysfs, plainDevice, devices, onCpu, cpus, sleepNs } from "lab/workload";
    import { ETHTOOL_GLINK } from "linux/ethtool"; import { SIOCDEVPRIVATE } from "linux/sockios"; import { smp_processor_id } from "linux/smp";
    export default function main() {
      say([insmod(), devices()]); for (const d of devices()) ifconfig(d, "up");
      send("sn0", { count: 3 }); sleepNs(1e7); say(received("sn1"));
      say([ethtool("sn0", ETHTOOL_GLINK, { data: 0 }) <= 0, ioctl("nope", SIOCDEVPRIVATE)]);
      say([sysfsList("/sys/class/net/sn0").includes("mtu"), sysfs("/sys/class/net/sn0/mtu").read()]);
      const name = plainDevice(); say([name, devices().includes(name)]);
      onCpu(1); say([smp_processor_id(), cpus()]); onCpu(0);
      for (const d of ["sn0", "sn1"]) ifconfig(d, "down"); say(rmmod());
    }`);
  expect(said(run)).toEqual([
    [0, ["sn0", "sn1"]],
    3,
    [true, -19],
    [true, expect.stringMatching(/^1500/)],
    ["plain0", true],
    [1, 2],
    0,
  ]);
});

test("a fault makes the model's allocations fail from now on; a failed expectation is a violation", () => {
  const run = play(`${SAY}
    import { insmod, fault, expect } from "lab/workload";
    export default function main() { fault("kmalloc", "every:1"); say(insmod()); expect(1 === 1, "fine"); expect(1 === 2, "one is two"); }`);
  expect(said(run)).toEqual([-12]);
  expect(run.violations.map((v) => [v.rule, v.message])).toEqual([
    ["workload-expect", expect.stringContaining("one is two")],
  ]);
});

test("without a card the cable does nothing, and what needs a card says so", () => {
  const idle = play(`${SAY}
    import { wires, wire, nics, nic, suspend, resume } from "lab/workload";
    export default function main() { say([wires[0] === wire, nics[0] === nic, wire.inject(), wire.received(), suspend(), resume()]); }`);
  expect(said(idle)).toEqual([[true, true, 0, 0, 0, 0]]);
  const refused = play(`${SAY}
    import { nic } from "lab/workload";
    export default function main() { nic.hang(); say("never"); }`);
  expect(said(refused)).toEqual([]);
  expect(refused.end).toEqual({ kind: "ended", reason: "halted" });
});
