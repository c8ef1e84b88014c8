/** linux/pci, linux/dma-mapping and asm/io, called as drivers call them, on a LabNIC. */
import { describe, expect, it } from "vitest";
import { type KernelRunOptions, runKernel } from "../support/kernel-test.ts";

/** Runs `body` as a driver's probe. */
function probe(imports: string, body: string, options: KernelRunOptions = {}, before = "") {
  const run = runKernel(
    `${imports}
     import { pci_register_driver, pci_unregister_driver, PCI_ANY_ID } from "linux/pci";
     ${before}
     function main() {
       const drv = { name: "t", id_table: [{ vendor: 0x4c41, device: PCI_ANY_ID }], probe(pdev) { ${body} return 0; } };
       log(pci_register_driver(drv));
       pci_unregister_driver(drv);
     }`,
    { fixed: true, nic: "labnic", ...options },
  );
  expect(run.end).toEqual({ kind: "ended", reason: "finished" });
  expect(run.log.at(-1)).toBe(0);
  return { ...run, log: run.log.slice(0, -1) };
}

const ON = "pci_enable_device(pdev); pci_set_master(pdev);";

describe("finding and binding", () => {
  it("pci_dev tells who the card is; PCI_DEVICE, pci_match_id, to_pci_dev and names agree", () => {
    const { log } = probe(
      `import { pci_dev, pci_name, pci_match_id, PCI_DEVICE, PCI_DEVFN, PCI_SLOT, PCI_FUNC, to_pci_dev, PCI_CLASS_NETWORK_ETHERNET, pci_bus,
        pci_resource_start, pci_resource_len, pci_resource_end, pci_resource_flags, IORESOURCE_MEM, IORESOURCE_IO } from "linux/pci";`,
      `log(pdev instanceof pci_dev && pdev.bus instanceof pci_bus); log(pci_name(pdev)); log(pdev.irq);
       log(pci_match_id([PCI_DEVICE(1, 2), PCI_DEVICE(0x4c41, 0x424e)], pdev) !== null); log(pci_match_id([PCI_DEVICE(1, 2)], pdev));
       log(PCI_DEVFN(PCI_SLOT(pdev.devfn), PCI_FUNC(pdev.devfn)) === pdev.devfn); log(to_pci_dev(pdev.dev) === pdev);
       log(pdev.class >> 8 === PCI_CLASS_NETWORK_ETHERNET);
       log([pci_resource_len(pdev, 0), pci_resource_len(pdev, 1), pci_resource_len(pdev, 2)]);
       log(pci_resource_end(pdev, 0) - pci_resource_start(pdev, 0));
       log([pci_resource_flags(pdev, 0) === IORESOURCE_MEM, pci_resource_flags(pdev, 1) === IORESOURCE_IO]);`,
    );
    expect(log).toEqual([
      true,
      "0000:00:03.0",
      11,
      true,
      null,
      true,
      true,
      true,
      [4096, 256, 0],
      4095,
      [true, true],
    ]);
  });

  it("pci_module_init binds both cards in slot order; remove is called; a probe that fails does not fail the driver", () => {
    const run = runKernel(
      `import { pci_module_init, pci_unregister_driver, pci_set_drvdata, pci_get_drvdata, pci_name, PCI_D0 } from "linux/pci";
       import { dev_get_drvdata, dev_set_drvdata, device } from "linux/device";
       import { ENODEV } from "linux/errno";
       function main() {
         const drv = { name: "t", id_table: [{ vendor: 0x4c41 }],
           probe(pdev, id) { log("probe " + pci_name(pdev) + " " + id.vendor); if (pci_name(pdev).includes("04")) return -ENODEV; pci_set_drvdata(pdev, { n: 5 }); return 0; },
           remove(pdev) { log(pci_get_drvdata(pdev).n); log(dev_get_drvdata(pdev.dev).n); dev_set_drvdata(pdev.dev, null); log(pci_get_drvdata(pdev)); log(pdev.dev instanceof device); } };
         log(pci_module_init(drv)); pci_unregister_driver(drv);
       }`,
      { fixed: true, nic: "labnic", nics: 2 },
    );
    expect(run.log).toEqual(["probe 0000:00:03.0 19521", "probe 0000:00:04.0 19521", 0, 5, 5, null, true]);
    expect(run.of("pci-bound").map((e) => e.result)).toEqual([0, -19]);
  });
});

describe("configuration space", () => {
  it("is read and written by bytes, words and double words", () => {
    const { log } = probe(
      `import { pci_read_config_byte, pci_read_config_word, pci_read_config_dword, pci_write_config_byte, pci_write_config_word, pci_write_config_dword,
        PCI_VENDOR_ID, PCI_LATENCY_TIMER, PCI_COMMAND, PCI_COMMAND_PARITY, PCI_BASE_ADDRESS_0, pci_find_capability, PCI_CAP_ID_PM, PCI_CAP_ID_MSI } from "linux/pci";`,
      `log(pci_read_config_dword(pdev, PCI_VENDOR_ID).toString(16)); log(pci_read_config_word(pdev, PCI_VENDOR_ID).toString(16));
       pci_write_config_byte(pdev, PCI_LATENCY_TIMER, 0x47); log(pci_read_config_byte(pdev, PCI_LATENCY_TIMER));
       pci_write_config_word(pdev, PCI_COMMAND, PCI_COMMAND_PARITY); log(pci_read_config_word(pdev, PCI_COMMAND));
       pci_write_config_dword(pdev, PCI_BASE_ADDRESS_0, 0xffffffff); log(pci_read_config_dword(pdev, PCI_BASE_ADDRESS_0).toString(16));
       log([pci_find_capability(pdev, PCI_CAP_ID_PM), pci_find_capability(pdev, PCI_CAP_ID_MSI), pci_find_capability(pdev, 9)]);`,
    );
    expect(log).toEqual(["424e4c41", "4c41", 0x40, 0x40, "fffff000", [0x40, 0x50, 0]]);
  });

  it("pci_enable_device, pci_set_master, pci_set_mwi, pci_intx and their opposites change the command register", () => {
    const { log } = probe(
      `import { pci_enable_device, pci_disable_device, pci_set_master, pci_set_mwi, pci_clear_mwi, pci_intx, pci_read_config_word } from "linux/pci";`,
      `const c = () => pci_read_config_word(pdev, 4);
       log(c()); log(pci_enable_device(pdev)); log(c()); pci_set_master(pdev); log(c()); log(pci_set_mwi(pdev)); log(c()); pci_clear_mwi(pdev);
       pci_intx(pdev, 0); log(c()); pci_intx(pdev, 1); log(c()); pci_disable_device(pdev); log(c());`,
    );
    expect(log).toEqual([0, 0, 3, 7, 0, 0x17, 0x407, 7, 0]);
  });
});

describe("regions", () => {
  it("are claimed and given back, all or none", () => {
    const { log } = probe(
      `import { pci_request_regions, pci_release_regions, pci_request_region, pci_release_region } from "linux/pci";`,
      `log(pci_request_regions(pdev, "a")); log(pci_request_regions(pdev, "b")); pci_release_regions(pdev);
       log(pci_request_region(pdev, 1, "c")); log(pci_request_regions(pdev, "d")); log(pci_request_region(pdev, 0, "e")); pci_release_region(pdev, 0); pci_release_region(pdev, 1);
       log(pci_request_regions(pdev, "f")); pci_release_regions(pdev);`,
    );
    expect(log).toEqual([0, -16, 0, -16, 0, 0]);
  });
});

describe("registers", () => {
  it("memory: readb/w/l and writeb/w/l, relaxed or not, mapped by ioremap or pci_iomap", () => {
    const { log, of } = probe(
      `import { pci_enable_device, pci_set_master, pci_iomap, pci_iounmap, pci_resource_start } from "linux/pci";
       import { readb, readw, readl, readb_relaxed, readw_relaxed, readl_relaxed, writeb, writew, writel, ioremap, ioremap_nocache, iounmap,
         ioread8, ioread16, ioread32, iowrite8, iowrite16, iowrite32, memcpy_fromio, memcpy_toio } from "asm/io";`,
      `${ON} const io = pci_iomap(pdev, 0, 0); log(ioremap(pci_resource_start(pdev, 0), 4096) === io); log(ioremap_nocache(pci_resource_start(pdev, 0), 4096) === io);
       log(readl(io + 0x30).toString(16)); writel(-1, io + 0x38); log(readl(io + 0x38)); writew(0x1234, io + 0x38); writeb(0x56, io + 0x3b);
       log(readl(io + 0x38).toString(16)); log([readw(io + 0x38), readb(io + 0x3b), readw_relaxed(io + 0x38), readb_relaxed(io + 0x3b), readl_relaxed(io + 0x3c)]);
       iowrite32(7, io + 0x3c); iowrite16(9, io + 0x3e); iowrite8(1, io + 0x3d); log([ioread32(io + 0x3c), ioread16(io + 0x3e), ioread8(io + 0x3d)]);
       memcpy_toio(io + 0x38, Uint8Array.of(1, 2, 3, 4), 4); const back = new Uint8Array(4); memcpy_fromio(back, io + 0x38, 4); log([...back]);
       iounmap(io); iounmap(io); pci_iounmap(pdev, io); log(readl(io));`,
    );
    expect(log).toEqual([
      true,
      true,
      "414c02",
      0xffffffff,
      "56ff1234",
      [0x1234, 0x56, 0x1234, 0x56, 0],
      [0x90107, 9, 1],
      [1, 2, 3, 4],
      0xffffffff,
    ]);
    expect(of("mmio-unmapped").map((e) => e.reason)).toEqual(["unmapped"]);
  });

  it("ports: in and out, with pause, by strings, and by the cookie of pci_iomap or ioport_map", () => {
    const { log } = probe(
      `import { pci_enable_device, pci_set_master, pci_iomap, pci_iounmap, pci_resource_start } from "linux/pci";
       import { inb, inw, inl, outb, outw, outl, inb_p, inw_p, inl_p, outb_p, outw_p, outl_p, insb, insw, insl, outsb, outsw, outsl, ioport_map, ioread32, iowrite32 } from "asm/io";`,
      `${ON} const p = pci_resource_start(pdev, 1) + 0x38;
       outl(0x11223344, p); log([inl(p), inw(p), inb(p)]); outw(5, p); outb(6, p + 3); log(inl_p(p)); outl_p(1, p); outw_p(2, p + 2); outb_p(3, p + 1); log([inw_p(p), inb_p(p + 2)]);
       const b = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8); outsl(p, b, 2); log(inl(p).toString(16)); outsw(p, b, 1); outsb(p, b, 2); log(inw(p).toString(16));
       const r = new Uint8Array(8); insl(p, r, 2); log(r[7]); insw(p, r, 2); insb(p, r, 1); log(r[0]);
       const c = pci_iomap(pdev, 1, 0); log(c === ioport_map(p - 0x38, 256)); iowrite32(77, c + 0x38); log(ioread32(c + 0x38)); pci_iounmap(pdev, c);`,
    );
    expect(log).toEqual([
      [0x11223344, 0x3344, 0x44],
      0x06220005,
      [0x0301, 2],
      "8070605",
      "202",
      8,
      2,
      true,
      77,
    ]);
  });

  it("a write is posted: it arrives in time, or when a read pushes it", () => {
    const { of } = probe(
      `import { pci_enable_device, pci_set_master, pci_iomap, pci_iounmap } from "linux/pci"; import { readl, writel } from "asm/io"; import { udelay } from "linux/delay";`,
      `${ON} const io = pci_iomap(pdev, 0, 0); writel(1, io + 0x38); writel(2, io + 0x3c); readl(io); writel(3, io + 0x38); udelay(2); pci_iounmap(pdev, io);`,
    );
    expect(of("mmio-arrived").map((e) => [e.register, e.by])).toEqual([
      ["MC_LO", "read"],
      ["MC_HI", "read"],
      ["MC_LO", "time"],
    ]);
  });
});

describe("DMA", () => {
  it("pci_map_*, sync and unmap tell what they did; a streaming mapping hands the memory over", () => {
    const { log, of } = probe(
      `import { pci_map_single, pci_unmap_single, pci_map_page, pci_unmap_page, pci_dma_sync_single_for_cpu, pci_dma_sync_single_for_device, pci_dma_mapping_error,
         PCI_DMA_TODEVICE, PCI_DMA_FROMDEVICE, PCI_DMA_BIDIRECTIONAL, pci_set_dma_mask, pci_set_consistent_dma_mask, pci_dma_supported } from "linux/pci";
       import { DMA_32BIT_MASK, DMA_64BIT_MASK, DMA_30BIT_MASK } from "linux/dma-mapping"; import { kmalloc, kfree, GFP_KERNEL } from "linux/slab";`,
      `log([pci_set_dma_mask(pdev, DMA_64BIT_MASK), pci_set_dma_mask(pdev, 15), pci_set_consistent_dma_mask(pdev, DMA_32BIT_MASK), pci_dma_supported(pdev, DMA_30BIT_MASK)]);
       const b = kmalloc(256, GFP_KERNEL); const h = pci_map_single(pdev, b, 256, PCI_DMA_BIDIRECTIONAL); log([h > 0, pci_dma_mapping_error(h), pci_dma_mapping_error(0)]);
       pci_dma_sync_single_for_cpu(pdev, h, 256, PCI_DMA_BIDIRECTIONAL); pci_dma_sync_single_for_device(pdev, h + 16, 16, PCI_DMA_BIDIRECTIONAL);
       pci_unmap_single(pdev, h, 256, PCI_DMA_BIDIRECTIONAL); pci_unmap_single(pdev, h, 256, PCI_DMA_TODEVICE);
       const g = pci_map_page(pdev, new Uint8Array(4096), 100, 50, PCI_DMA_FROMDEVICE); pci_unmap_page(pdev, g, 50, PCI_DMA_FROMDEVICE); log(h !== g); kfree(b);`,
    );
    expect(log).toEqual([[0, -5, 0, 1], [true, 0, 1], true]);
    expect(of("dma-mapped").map((e) => [e.kind, e.direction, e.size])).toEqual([
      ["single", "bidirectional", 256],
      ["page", "from-device", 50],
    ]);
    expect(of("dma-unmapped").map((e) => [e.mapping !== null, e.last !== null])).toEqual([
      [true, true],
      [false, true],
      [true, true],
    ]);
    expect(of("dma-synced").map((e) => [e.owner, e.mapping !== null])).toEqual([
      ["cpu", true],
      ["device", true],
    ]);
  });

  it("dma_* do the same for a device; coherent memory is shared and zeroed", () => {
    const { log, of } = probe(
      `import { dma_map_single, dma_unmap_single, dma_map_page, dma_unmap_page, dma_sync_single_for_cpu, dma_sync_single_for_device, dma_sync_single_range_for_cpu,
         dma_sync_single_range_for_device, dma_mapping_error, dma_alloc_coherent, dma_free_coherent, dma_set_mask, dma_supported, DMA_TO_DEVICE, DMA_FROM_DEVICE, DMA_BIDIRECTIONAL, DMA_32BIT_MASK } from "linux/dma-mapping";
       import { pci_alloc_consistent, pci_free_consistent } from "linux/pci"; import { struct, __le32 } from "linux/types";`,
      `const d = pdev.dev; log([dma_set_mask(d, DMA_32BIT_MASK), dma_supported(d, 7)]); const m = new Uint8Array(64);
       const h = dma_map_single(d, m, 64, DMA_TO_DEVICE); log(dma_mapping_error(h)); dma_sync_single_for_cpu(d, h, 64, DMA_TO_DEVICE); dma_sync_single_for_device(d, h, 64, DMA_TO_DEVICE);
       dma_sync_single_range_for_cpu(d, h, 8, 8, DMA_TO_DEVICE); dma_sync_single_range_for_device(d, h, 8, 8, DMA_TO_DEVICE); dma_unmap_single(d, h, 64, DMA_TO_DEVICE);
       const g = dma_map_page(d, m, 0, 64, DMA_BIDIRECTIONAL); dma_unmap_page(d, g, 64, DMA_BIDIRECTIONAL); log(DMA_FROM_DEVICE);
       const c = dma_alloc_coherent(d, 32); log([c.cpu.length, c.cpu[0], c.dma > 0]); dma_free_coherent(d, c.cpu, c.dma);
       const desc = struct({ a: __le32, b: __le32 }); const r = pci_alloc_consistent(pdev, desc, 4); r.cpu[3].b = 9; log([r.cpu.length, r.cpu.bytes[28]]); pci_free_consistent(pdev, r.cpu, r.dma);`,
    );
    expect(log).toEqual([[0, 0], 0, 2, [32, 0, true], [4, 9]]);
    expect(of("dma-unmapped").every((e) => e.mapping !== null)).toBe(true);
    expect(of("memory-freed").filter((e) => e.wrong !== undefined)).toEqual([]);
  });
});

describe("power and messages", () => {
  it("D3 loses registers and configuration, pci_restore_state brings the latter back", () => {
    const { log, of } = probe(
      `import { pci_enable_device, pci_set_master, pci_iomap, pci_iounmap, pci_save_state, pci_restore_state, pci_set_power_state, pci_choose_state, pci_enable_wake, pci_read_config_word,
         PCI_D0, PCI_D3hot, PMSG_SUSPEND, PMSG_ON, PMSG_FREEZE } from "linux/pci"; import { readl, writel } from "asm/io";`,
      `${ON} const io = pci_iomap(pdev, 0, 0); writel(5, io + 0x38); pci_save_state(pdev); log([pci_choose_state(pdev, PMSG_SUSPEND) === PCI_D3hot, pci_choose_state(pdev, PMSG_ON), pci_choose_state(pdev, PMSG_FREEZE)]);
       log(pci_enable_wake(pdev, PCI_D3hot, 1)); log(pci_set_power_state(pdev, PCI_D3hot)); log(readl(io) === 0xffffffff); log(pci_set_power_state(pdev, PCI_D0));
       log(pci_read_config_word(pdev, 4)); pci_restore_state(pdev); log(pci_read_config_word(pdev, 4)); log(readl(io + 0x38)); pci_iounmap(pdev, io);`,
    );
    expect(log).toEqual([[true, 0, 0], 0, 0, true, 0, 0, 7, 0]);
    expect(of("mmio-unmapped").map((e) => e.reason)).toEqual(["powered-down"]);
  });

  it("pci_enable_msi is granted only if the run has messages, and gives a number of its own", () => {
    const program = [
      `import { pci_enable_msi, pci_disable_msi } from "linux/pci";`,
      `log(pci_enable_msi(pdev)); log(pdev.irq !== 11); pci_disable_msi(pdev); log(pdev.irq);`,
    ] as const;
    expect(probe(...program, { irq: "msi" }).log).toEqual([0, true, 11]);
    expect(probe(...program).log).toEqual([-22, false, 11]);
  });
});

describe("what cannot be", () => {
  it("faults, absurd sizes and strange arguments get the kernel's answer, no JavaScript error", () => {
    const { log, of } = probe(
      `import { pci_map_single, pci_alloc_consistent, pci_enable_device, pci_iomap, pci_free_consistent } from "linux/pci"; import { readl, writel, inl, ioremap } from "asm/io"; import { free_irq } from "linux/interrupt";
       import { set_fault } from "kernel:kernel/fault.ts";`,
      `log(readl(4)); writel(1, 0xfffffff0); log(inl(0x9999)); log(ioremap(16, 4)); log(ioremap(0xf0000000, -5)); free_irq(11, pdev);
       log(pci_map_single(pdev, new Uint8Array(4), 5000, 1)); log(pci_iomap(pdev, 4, 0)); pci_free_consistent(pdev, null, 0);
       set_fault("dma-map", "nth:1"); log(pci_map_single(pdev, new Uint8Array(4), 4, 1)); set_fault("dma-alloc", "nth:1"); log(pci_alloc_consistent(pdev, 8).cpu);
       set_fault("pci-enable", "nth:1"); log(pci_enable_device(pdev)); set_fault("ioremap", "nth:1"); log(pci_iomap(pdev, 0, 0));`,
    );
    expect(log).toEqual([0xffffffff, 0xffffffff, 0, 0, 0, 0, 0, null, -5, 0]);
    expect(of("api-misused").length).toBeGreaterThanOrEqual(1);
  });

  it.each(["pci_map_single(pdev, new Uint8Array(4), -1, 1)", "pci_alloc_consistent(pdev, -4)"])(
    "%s is an oops that names function and argument",
    (call) => {
      const { log, of } = runKernel(
        `import { pci_alloc_consistent, pci_map_single, pci_register_driver } from "linux/pci";
         function main() {
           const probe = (pdev) => { log("before"); ${call}; log("after"); return 0; };
           pci_register_driver({ name: "t", id_table: [{ vendor: 0x4c41 }], probe });
         }`,
        { fixed: true, nic: "labnic" },
      );
      expect(log).toEqual(["before"]);
      const fn = call.slice(0, call.indexOf("("));
      expect(of("oops").map((e) => e.message)).toEqual([expect.stringMatching(new RegExp(`${fn}.*size`))]);
    },
  );
});
