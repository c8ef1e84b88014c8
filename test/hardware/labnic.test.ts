/** LabNIC by its data sheet, one register at a time; and looking at it. */
import { describe, expect, it } from "vitest";
import { peek } from "../../sim/hardware/peek.ts";
import { type KernelRunOptions, runKernel } from "../support/kernel-test.ts";
import { makeLab } from "../support/lab.ts";

/** Runs `body` with `r(offset)`, `w(offset, value)`, `wait(µs)` on a card that is switched on. */
function card(body: string, options: KernelRunOptions = {}) {
  const run = runKernel(
    `import { pci_register_driver, pci_enable_device, pci_set_master, pci_iomap, pci_alloc_consistent, pci_map_single, pci_unmap_single, pci_free_consistent, PCI_DMA_TODEVICE } from "linux/pci";
     import { readl, writel } from "asm/io"; import { udelay } from "linux/delay"; import { struct, __le32, __le16 } from "linux/types";
     import { wire_inject, wire_carrier, wire_received, card_hang, card_unplug } from "hardware";
     const desc = struct({ addr: __le32, len: __le16, flags: __le16, status: __le32, reserved: __le32 });
     function inject(to, size = 100) { wire_inject(0, { kind: "udp", count: 1, size, gapNs: 0, bad: null, to, fromMac: "02:00:00:00:00:01", fromIp: "10.0.0.2", toIp: "10.0.0.1" }); udelay(200); }
     function main() {
       pci_register_driver({ name: "t", id_table: [{ vendor: 0x4c41 }], probe(pdev) {
         pci_enable_device(pdev); pci_set_master(pdev); const io = pci_iomap(pdev, 0, 0);
         const r = (o) => readl(io + o); const w = (o, v) => writel(v, io + o); const wait = udelay;
         ${body} return 0; } });
     }`,
    { fixed: true, nic: "labnic", ...options },
  );
  expect(run.end).toEqual({ kind: "ended", reason: "finished" });
  return run;
}

const RX = `const rx = pci_alloc_consistent(pdev, desc, 4); const buf = pci_alloc_consistent(pdev, 4096);
  for (let i = 0; i < 4; i++) { rx.cpu[i].addr = buf.dma + i * 1024; rx.cpu[i].len = 1024; rx.cpu[i].status = 0x80000000; }
  w(0x20, rx.dma); w(0x24, 4); w(0x28, 3);`;

describe("LabNIC", () => {
  it("RESET clears itself after 10 µs; all is zero but the address", () => {
    const { log } = card(
      "w(0x0c, 31); w(0x38, 5); w(0, 1); log(r(0)); wait(5); log(r(0) & 1); wait(12); log(r(0)); log([r(0x0c), r(0x38), r(0x30).toString(16)]);",
    );
    expect(log).toEqual([1, 1, 0, [0, 0, "414c02"]]);
  });

  it("transmits: head moves, status is DONE, short frames are padded, ISR latches whatever IMR says", () => {
    const { log, of } = card(
      `const tx = pci_alloc_consistent(pdev, desc, 4); const d = new Uint8Array(40); const h = pci_map_single(pdev, d, 40, PCI_DMA_TODEVICE);
       w(0x10, tx.dma); w(0x14, 4); w(0, 2); tx.cpu[0].addr = h; tx.cpu[0].len = 40; tx.cpu[0].flags = 3; tx.cpu[0].status = 0x80000000; w(0x18, 1); log(r(4) & 1);
       wait(50); log([r(0x1c), r(0x18), tx.cpu[0].status, r(8)]); w(8, 1); log(r(8)); log([r(0x80), r(0x84), r(0x80)]);
       tx.cpu[1].addr = 0x999; tx.cpu[1].len = 40; tx.cpu[1].flags = 3; tx.cpu[1].status = 0x80000000; w(0x18, 2); wait(50); log([tx.cpu[1].status, r(8), r(0x1c)]); w(0x18, 9); log(r(0x18));`,
    );
    expect(log).toEqual([1, [1, 1, 1, 1], 0, [1, 40, 0], [3, 16, 2], 2]);
    expect(of("wire-frame").map((e) => e.length)).toEqual([60]);
    expect(
      of("dma-access")
        .filter((e) => e.error !== "")
        .map((e) => e.error),
    ).toEqual(["unmapped"]);
  });

  it("receives what the filter lets through: its address, broadcast, hashed groups, ALLMULTI, PROMISC", () => {
    const { log } = card(
      `${RX} w(0, 4); const n = () => r(0x88);
       inject(null); log(n()); inject("ff:ff:ff:ff:ff:ff"); log(n()); inject("02:00:00:00:00:77"); log(n()); inject("01:00:5e:00:00:05"); log(n());
       log([rx.cpu[0].status, rx.cpu[0].reserved & 0xffff, r(0x2c), r(8)]);
       w(0, 4 | 16); rx.cpu[2].len = 64; inject("01:00:5e:00:00:05"); log([rx.cpu[2].status, rx.cpu[2].reserved & 0xffff]);
       inject(null); log([r(0x90), r(8) & 8]);`,
    );
    expect(log).toEqual([1, 1, 0, 0, [1, 100, 2, 2], [3, 64], [1, 8]]);
  });

  it("the management interface is busy for 30 µs; PHY 1 answers, others do not", () => {
    const { log } = card(
      "w(0x40, (1 << 5) | 2); log(r(0x40) >>> 31); wait(40); log([r(0x40) >>> 31, r(0x44).toString(16)]); w(0x40, (2 << 5) | 2); wait(40); log(r(0x44)); w(0x40, (1 << 5) | 1); wait(40); log(r(0x44) & 4);",
    );
    expect(log).toEqual([1, [0, "4c41"], 0xffff, 4]);
  });

  it("COR clears ISR by reading; a cable change latches LINK_CHANGE; unplugged reads are all ones", () => {
    const { log } = card(
      "w(0, 0x40); r(0); wire_carrier(0, false); log([r(8), r(8), r(4) & 1]); w(0x48, 1); w(0x84, 7); log(r(0x84)); w(0x48, 0); log(r(0x84)); card_unplug(0); log(r(0));",
    );
    expect(log).toEqual([[4, 0, 0], 7, 0, 0xffffffff]);
  });

  it("a hung card moves nothing until RESET; BASE is not changed while the engine is on", () => {
    const { log } = card(
      `${RX} w(0, 4); r(0); w(0x20, 4); log([r(0x20) === rx.dma, r(8) & 16]); card_hang(0); inject(null); log([rx.cpu[0].status >>> 31, r(4) & 6]);`,
    );
    expect(log).toEqual([
      [true, 16],
      [1, 0],
    ]);
  });
});

it("is looked at without any effect", () => {
  const lab = makeLab({ model: "test/hardware/models/mini.ts", workload: "smoke" });
  const twin = makeLab({ model: "test/hardware/models/mini.ts", workload: "smoke" });
  let seen = 0;
  for (;;) {
    const state = lab.run(500);
    const [view] = peek(lab.hardware);
    seen = Math.max(
      seen,
      view!.rings.reduce((sum, ring) => sum + ring.descriptors.filter((d) => d.fields?.own).length, 0),
    );
    if (state.kind === "ended") break;
  }
  twin.runToEnd();
  expect(seen).toBeGreaterThan(6);
  expect(lab.machine.historyHash).toBe(twin.machine.historyHash);
});
