/** What can be made to fail: the names for `--fault` and for `fault()` in a workload (sim/kernel/kernel/fault.ts has the same). */
export const FAULT_NAMES: readonly string[] = [
  "alloc-netdev",
  "dma-alloc",
  "dma-map",
  "ioremap",
  "kmalloc",
  "kmem_cache_create",
  "kthread",
  "pci-enable",
  "pci-power",
  "probe",
  "register-netdev",
  "request-irq",
  "request-region",
  "skb",
  "user-copy",
];
