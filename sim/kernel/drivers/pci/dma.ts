/** DMA: memory that a device may reach (arch/i386/kernel/pci-dma.c, include/asm-i386/dma-mapping.h, include/asm-generic/pci-dma-compat.h). */
import {
  card_like,
  type DmaDirection,
  type DmaKind,
  dma_find,
  dma_latest,
  dma_map,
  dma_to_card,
  dma_to_cpu,
  dma_unmap,
} from "hardware";
import { emit, point } from "machine";
import { should_fail } from "../../kernel/fault.ts";
import { check_arg, emit_misuse } from "../../kernel/misuse.ts";
import { in_interrupt } from "../../kernel/preempt.ts";
import { caller_irqs_off, tell_restricted } from "../../kernel/restricted.ts";
import { EIO } from "../../lib/errno.ts";
import { type struct_array, struct_bytes, struct_type } from "../../lib/struct.ts";
import type { dma_addr_t } from "../../lib/types.ts";
import { GFP_ATOMIC } from "../../mm/gfp.ts";
import { allocate_bytes, release } from "../../mm/slab.ts";
import type { device } from "../base/device.ts";

/** What a mapping function returns when it fails; no handle is ever 0. */
const BAD_DMA_ADDRESS = 0;
const DIRECTIONS: readonly DmaDirection[] = ["bidirectional", "to-device", "from-device", "none"];

/** Memory that can be mapped: bytes, a view of a struct, or an array of views. */
export type dma_memory = Uint8Array | object;

function card_of(fn: string, dev: device): number {
  check_arg(fn, "dev", dev, "object");
  check_arg(fn, "dev (pdev.dev of a PCI device)", dev.card, "number");
  return dev.card;
}

function direction_of(fn: string, direction: number): DmaDirection {
  check_arg(fn, "direction", direction, "number");
  const name = DIRECTIONS[direction];
  if (name === undefined || name === "none")
    emit_misuse(fn, `${fn}(): ${direction} is no direction of a transfer`);
  return name ?? "none";
}

/** `size` bytes of memory from its start; a window of an skb may reach to the end of the buffer. */
function bytes_of(fn: string, memory: dma_memory, offset: number, size: number): Uint8Array | null {
  check_arg(fn, "size", size, "size");
  const whole: unknown =
    memory instanceof Uint8Array
      ? memory
      : memory instanceof struct_bytes
        ? memory.bytes
        : (memory as { bytes?: unknown } | null)?.bytes;
  check_arg(fn, "memory", whole ?? memory, "bytes");
  const bytes = whole as Uint8Array;
  const from = bytes.byteOffset + offset;
  if (size <= 0 || from < 0 || from + size > bytes.buffer.byteLength) {
    emit_misuse(fn, `${fn}(): ${size} bytes from ${offset} on do not lie in the memory`);
    return null;
  }
  return new Uint8Array(bytes.buffer, from, size);
}

function map(
  fn: string,
  dev: device,
  bytes: Uint8Array | null,
  direction: number,
  kind: DmaKind,
): dma_addr_t {
  const card = card_of(fn, dev);
  const to = direction_of(fn, direction);
  point();
  if (bytes === null || should_fail("dma-map")) {
    emit({
      type: "dma-map-failed",
      card: card_like(card),
      size: bytes?.length ?? 0,
      fn,
      bus: BAD_DMA_ADDRESS,
    });
    return BAD_DMA_ADDRESS;
  }
  const mapping = dma_map(card, bytes, to, kind);
  emit({
    type: "dma-mapped",
    mapping,
    card: card_like(card),
    bus: mapping.bus,
    size: bytes.length,
    direction: to,
    kind,
    fn,
  });
  return mapping.bus;
}

function unmap(
  fn: string,
  dev: device,
  bus: dma_addr_t,
  size: number,
  direction: number,
  kind: DmaKind,
): void {
  const card = card_of(fn, dev);
  check_arg(fn, "dma_addr", bus, "number");
  check_arg(fn, "size", size, "size");
  const to = direction_of(fn, direction);
  point();
  const found = dma_find(bus);
  const mapping = found !== null && found.bus === bus ? found : null;
  emit({
    type: "dma-unmapped",
    mapping,
    last: mapping ?? dma_latest(bus),
    card: card_like(card),
    bus,
    size,
    direction: to,
    kind,
    fn,
  });
  if (mapping !== null) dma_unmap(mapping);
}

function sync(
  fn: string,
  dev: device,
  bus: dma_addr_t,
  size: number,
  direction: number,
  owner: "cpu" | "device",
): void {
  const card = card_of(fn, dev);
  check_arg(fn, "dma_handle", bus, "number");
  check_arg(fn, "size", size, "size");
  const to = direction_of(fn, direction);
  point();
  const mapping = dma_find(bus);
  emit({ type: "dma-synced", mapping, card: card_like(card), bus, size, direction: to, owner, fn });
  if (mapping === null) return;
  const offset = bus - mapping.bus;
  const length = Math.max(0, Math.min(size, mapping.size - offset));
  if (owner === "cpu") dma_to_cpu(mapping, offset, length);
  else dma_to_card(mapping, offset, length);
}

// ---- the generic interface: a device -------------------------------------------------------------------------

/**
 * Hands memory over to the device. The CPU must not touch it until dma_unmap_single or a sync. Any context.
 * @returns its bus address; test it with dma_mapping_error
 * Linux include/asm-i386/dma-mapping.h: dma_map_single.
 */
export function dma_map_single(dev: device, ptr: dma_memory, size: number, direction: number): dma_addr_t {
  return map("dma_map_single", dev, bytes_of("dma_map_single", ptr, 0, size), direction, "single");
}
/** Ends dma_map_single, with the same size and direction: the memory is the CPU's again. Any context. Linux include/asm-i386/dma-mapping.h: dma_unmap_single. */
export function dma_unmap_single(dev: device, bus: dma_addr_t, size: number, direction: number): void {
  unmap("dma_unmap_single", dev, bus, size, direction, "single");
}
/** dma_map_single for part of a page. Any context. Linux include/asm-i386/dma-mapping.h: dma_map_page. */
export function dma_map_page(
  dev: device,
  page: Uint8Array,
  offset: number,
  size: number,
  direction: number,
): dma_addr_t {
  return map("dma_map_page", dev, bytes_of("dma_map_page", page, offset, size), direction, "page");
}
/** Ends dma_map_page. Any context. Linux include/asm-i386/dma-mapping.h: dma_unmap_page. */
export function dma_unmap_page(dev: device, bus: dma_addr_t, size: number, direction: number): void {
  unmap("dma_unmap_page", dev, bus, size, direction, "page");
}
/** Gives mapped memory to the CPU for a while. Any context. Linux include/asm-i386/dma-mapping.h: dma_sync_single_for_cpu. */
export function dma_sync_single_for_cpu(dev: device, bus: dma_addr_t, size: number, direction: number): void {
  sync("dma_sync_single_for_cpu", dev, bus, size, direction, "cpu");
}
/** Gives it back to the device. Any context. Linux include/asm-i386/dma-mapping.h: dma_sync_single_for_device. */
export function dma_sync_single_for_device(
  dev: device,
  bus: dma_addr_t,
  size: number,
  direction: number,
): void {
  sync("dma_sync_single_for_device", dev, bus, size, direction, "device");
}
/** dma_sync_single_for_cpu of a part. Any context. Linux include/asm-i386/dma-mapping.h: dma_sync_single_range_for_cpu. */
export function dma_sync_single_range_for_cpu(
  dev: device,
  bus: dma_addr_t,
  offset: number,
  size: number,
  direction: number,
): void {
  sync("dma_sync_single_range_for_cpu", dev, bus + offset, size, direction, "cpu");
}
/** dma_sync_single_for_device of a part. Any context. Linux include/asm-i386/dma-mapping.h: dma_sync_single_range_for_device. */
export function dma_sync_single_range_for_device(
  dev: device,
  bus: dma_addr_t,
  offset: number,
  size: number,
  direction: number,
): void {
  sync("dma_sync_single_range_for_device", dev, bus + offset, size, direction, "device");
}
/** 1 if the address says that mapping failed. Any context. Linux include/asm-i386/dma-mapping.h: dma_mapping_error. */
export function dma_mapping_error(bus: dma_addr_t): number {
  check_arg("dma_mapping_error", "dma_addr", bus, "number");
  const failed = bus === BAD_DMA_ADDRESS;
  emit({ type: "dma-error-checked", bus, failed });
  return failed ? 1 : 0;
}

/** What pci_alloc_consistent returns: memory and its bus address; `{ cpu: null, dma: 0 }` on failure. */
export type consistent<T> =
  | { readonly cpu: T; readonly dma: dma_addr_t }
  | { readonly cpu: null; readonly dma: 0 };

function alloc(
  fn: string,
  dev: device,
  type: number | struct_type<unknown>,
  count: number,
): consistent<object> {
  const card = card_of(fn, dev);
  const size = typeof type === "number" ? type : type.size * count;
  check_arg(fn, "size", size, "size");
  const bytes = size > 0 && !should_fail("dma-alloc") ? allocate_coherent(fn, size) : null;
  if (bytes === null) return { cpu: null, dma: 0 };
  const mapping = dma_map(card, bytes, "bidirectional", "coherent");
  emit({
    type: "dma-mapped",
    mapping,
    card: card_like(card),
    bus: mapping.bus,
    size,
    direction: "bidirectional",
    kind: "coherent",
    fn,
  });
  const cpu = typeof type === "number" ? bytes : type.array(bytes, count);
  return { cpu, dma: mapping.bus };
}

function allocate_coherent(fn: string, size: number): Uint8Array | null {
  return allocate_bytes(fn, size, GFP_ATOMIC, "pci_free_consistent");
}

function free(fn: string, dev: device, cpu: object | null, bus: dma_addr_t): void {
  const card = card_of(fn, dev);
  if (in_interrupt() || caller_irqs_off()) tell_restricted(fn);
  point();
  const found = bus === 0 ? null : dma_find(bus);
  const mapping = found !== null && found.bus === bus ? found : null;
  const size = mapping?.size ?? 0;
  const last = mapping ?? dma_latest(bus);
  emit({
    type: "dma-unmapped",
    mapping,
    last,
    card: card_like(card),
    bus,
    size,
    direction: "bidirectional",
    kind: "coherent",
    fn,
  });
  if (mapping !== null) dma_unmap(mapping);
  const bytes = cpu instanceof Uint8Array ? cpu : (cpu as { bytes?: unknown } | null)?.bytes;
  if (bytes instanceof Uint8Array) release("pci_free_consistent", bytes);
}

/** Memory that CPU and device share, zeroed: a number of bytes, or `count` structs. Never sleeps with GFP_ATOMIC. Linux arch/i386/kernel/pci-dma.c: dma_alloc_coherent. */
export function dma_alloc_coherent(dev: device, size: number, flag?: number): consistent<Uint8Array>;
export function dma_alloc_coherent<S>(
  dev: device,
  type: struct_type<S>,
  count: number,
  flag?: number,
): consistent<struct_array<S>>;
export function dma_alloc_coherent(dev: device, type: number | object, a = 1): consistent<object> {
  return alloc(
    "dma_alloc_coherent",
    dev,
    checked("dma_alloc_coherent", type),
    typeof type === "number" ? 1 : a,
  );
}

/** Frees it. Not in interrupt context, not with interrupts off. Linux arch/i386/kernel/pci-dma.c: dma_free_coherent. */
export function dma_free_coherent(dev: device, cpu: object | null, dma_handle: dma_addr_t): void {
  free("dma_free_coherent", dev, cpu, dma_handle);
}

function checked(fn: string, type: unknown): number | struct_type<unknown> {
  if (typeof type === "number") return type;
  check_arg(fn, "type (bytes, or a struct)", type, struct_type);
  return type as struct_type<unknown>;
}

/** Tells which bus addresses the device can reach. @returns 0, or -EIO if it reaches none of the memory. Linux drivers/pci/pci.c: pci_set_dma_mask. */
export function dma_set_mask(dev: device, mask: number | bigint): number {
  card_of("dma_set_mask", dev);
  if (!dma_supported(dev, mask)) return -EIO;
  dev.dma_mask = Number(mask);
  return 0;
}

/** 1 if the device can work with such addresses. Linux include/asm-i386/dma-mapping.h: dma_supported. */
export function dma_supported(dev: device, mask: number | bigint): number {
  card_of("dma_supported", dev);
  return Number(mask) >= 0x00ffffff ? 1 : 0;
}

// ---- the PCI interface: include/asm-generic/pci-dma-compat.h -------------------------------------------------

/** What the PCI functions take: a PCI device; null is none that exists here. */
interface has_device {
  dev: device;
  dma_mask: number | bigint;
}

function dev_of(fn: string, pdev: has_device): device {
  check_arg(fn, "pdev", pdev, "object");
  return pdev.dev;
}

/** Hands memory over to the device; see dma_map_single. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_map_single. */
export function pci_map_single(
  pdev: has_device,
  ptr: dma_memory,
  size: number,
  direction: number,
): dma_addr_t {
  const fn = "pci_map_single";
  return map(fn, dev_of(fn, pdev), bytes_of(fn, ptr, 0, size), direction, "single");
}
/** Ends pci_map_single, with the same size and direction. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_unmap_single. */
export function pci_unmap_single(pdev: has_device, bus: dma_addr_t, size: number, direction: number): void {
  unmap("pci_unmap_single", dev_of("pci_unmap_single", pdev), bus, size, direction, "single");
}
/** pci_map_single for part of a page. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_map_page. */
export function pci_map_page(
  pdev: has_device,
  page: Uint8Array,
  offset: number,
  size: number,
  direction: number,
): dma_addr_t {
  const fn = "pci_map_page";
  return map(fn, dev_of(fn, pdev), bytes_of(fn, page, offset, size), direction, "page");
}
/** Ends pci_map_page. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_unmap_page. */
export function pci_unmap_page(pdev: has_device, bus: dma_addr_t, size: number, direction: number): void {
  unmap("pci_unmap_page", dev_of("pci_unmap_page", pdev), bus, size, direction, "page");
}
/** Gives mapped memory to the CPU for a while. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_dma_sync_single_for_cpu. */
export function pci_dma_sync_single_for_cpu(
  pdev: has_device,
  bus: dma_addr_t,
  size: number,
  direction: number,
): void {
  const fn = "pci_dma_sync_single_for_cpu";
  sync(fn, dev_of(fn, pdev), bus, size, direction, "cpu");
}
/** Gives it back to the device. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_dma_sync_single_for_device. */
export function pci_dma_sync_single_for_device(
  pdev: has_device,
  bus: dma_addr_t,
  size: number,
  direction: number,
): void {
  const fn = "pci_dma_sync_single_for_device";
  sync(fn, dev_of(fn, pdev), bus, size, direction, "device");
}
/** 1 if the address says that mapping failed. Any context. Linux include/asm-generic/pci-dma-compat.h: pci_dma_mapping_error. */
export function pci_dma_mapping_error(bus: dma_addr_t): number {
  return dma_mapping_error(bus);
}
/**
 * Memory that CPU and device share, zeroed: `pci_alloc_consistent(pdev, my_desc, count)` an array of views, or a number of
 * bytes. Never sleeps. @returns `{ cpu, dma }`, `{ cpu: null, dma: 0 }` when memory runs out.
 * Linux include/asm-generic/pci-dma-compat.h: pci_alloc_consistent.
 */
export function pci_alloc_consistent(pdev: has_device, size: number): consistent<Uint8Array>;
export function pci_alloc_consistent<S>(
  pdev: has_device,
  type: struct_type<S>,
  count?: number,
): consistent<struct_array<S>>;
export function pci_alloc_consistent(pdev: has_device, type: number | object, count = 1): consistent<object> {
  const fn = "pci_alloc_consistent";
  return alloc(fn, dev_of(fn, pdev), checked(fn, type), count);
}
/** Frees it: `pci_free_consistent(pdev, ring, dma)`. Not in interrupt context, not with interrupts off. Linux include/asm-generic/pci-dma-compat.h: pci_free_consistent. */
export function pci_free_consistent(pdev: has_device, cpu: object | null, dma_handle: dma_addr_t): void;
export function pci_free_consistent(
  pdev: has_device,
  size: number,
  cpu: object | null,
  dma_handle: dma_addr_t,
): void;
export function pci_free_consistent(
  pdev: has_device,
  a: object | number | null,
  b: object | number | null,
  c = 0,
): void {
  const dev = dev_of("pci_free_consistent", pdev);
  if (typeof a === "number") free("pci_free_consistent", dev, b as object | null, c);
  else free("pci_free_consistent", dev, a, b as number);
}
/** Tells which bus addresses the device can reach. @returns 0 or -EIO. Linux drivers/pci/pci.c: pci_set_dma_mask. */
export function pci_set_dma_mask(pdev: has_device, mask: number | bigint): number {
  const result = dma_set_mask(dev_of("pci_set_dma_mask", pdev), mask);
  if (result === 0) pdev.dma_mask = mask;
  return result;
}
/** The same for consistent memory. @returns 0 or -EIO. Linux drivers/pci/pci.c: pci_set_consistent_dma_mask. */
export function pci_set_consistent_dma_mask(pdev: has_device, mask: number | bigint): number {
  const dev = dev_of("pci_set_consistent_dma_mask", pdev);
  if (!dma_supported(dev, mask)) return -EIO;
  dev.coherent_dma_mask = Number(mask);
  return 0;
}
/** 1 if the device can work with such addresses. Linux include/asm-generic/pci-dma-compat.h: pci_dma_supported. */
export function pci_dma_supported(pdev: has_device, mask: number | bigint): number {
  return dma_supported(dev_of("pci_dma_supported", pdev), mask);
}
