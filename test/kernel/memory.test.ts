import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

describe("kmalloc and its family", () => {
  test("objects, bytes, arrays, views; kfree(null); use after free; double and wrong frees", () => {
    const run = runKernel(`
      import { kmalloc, kzalloc, kcalloc, kfree, ksize, kstrdup, GFP_KERNEL, GFP_ATOMIC } from "linux/slab"; import { struct, __le32, __le16 } from "linux/types"; import { spinlock_t } from "linux/spinlock";
      class my_priv { n = 7; lock = new spinlock_t(); }
      const desc = struct({ addr: __le32, len: __le16 });
      function main() {
        const p = kmalloc(my_priv, GFP_KERNEL)!; const b = kzalloc(10, GFP_ATOMIC)!; const a = kcalloc(3, my_priv, GFP_KERNEL)!; const v = kmalloc(desc, 4, GFP_KERNEL)!; const one = kmalloc(desc, GFP_KERNEL)!;
        log([p.n, p instanceof my_priv, b.length, a.length, a[2].n, v.length, v.bytes.length, ksize(b)]);
        v[1].addr = 0x11223344; one.len = 9; log([v.bytes[8], v.bytes[11], one.len]);
        const s = kstrdup("hi", GFP_KERNEL)!; log([s[0], s.length]);
        kfree(null); kfree(s); kfree(p); log(p.n); log(p.lock.initialised); kfree(p); kfree(new my_priv()); kfree(b); kfree(a); kfree(v);
      }`);
    expect(run.log).toEqual([[7, true, 10, 3, 7, 4, 32, 10], [0x44, 0x11, 9], [104, 3], 7, false]);
    expect(run.of("freed-access").map((e) => [e.what, e.key])).toEqual(
      expect.arrayContaining([
        ["my_priv", "n"],
        ["my_priv", "lock"],
        ["my_priv", "initialised"],
      ]),
    );
    expect(
      run
        .of("memory-freed")
        .map((e) => e.wrong)
        .filter((w) => w !== undefined),
    ).toEqual(["double", "not-allocated"]);
    expect(run.dmesg).toContain("slab error: double free of a my_priv detected");
  });

  test("GFP_KERNEL may sleep, GFP_ATOMIC never; faults and limits give null", () => {
    const run = runKernel(`
      import { kmalloc, kfree, GFP_KERNEL, GFP_ATOMIC } from "linux/slab"; import { set_fault } from "kernel:kernel/fault.ts"; import { set_memory_limit, memory_in_use } from "kernel:mm/slab.ts";
      function main() {
        kmalloc(4, GFP_ATOMIC); kmalloc(4, GFP_KERNEL);
        set_fault("kmalloc", "nth:2"); log([1, 2, 3].map(() => kmalloc(4, GFP_ATOMIC) === null)); set_fault("kmalloc", "every:2"); log([1, 2, 3, 4].map(() => kmalloc(4, GFP_ATOMIC) === null));
        set_fault("kmalloc", "p:1"); log(kmalloc(4, GFP_ATOMIC)); log(set_fault("kmalloc", "p:2")); set_fault("kmalloc", "off");
        set_memory_limit(memory_in_use() + 100); log([kmalloc(50, GFP_ATOMIC) === null, kmalloc(60, GFP_ATOMIC) === null]);
      }`);
    expect(
      run
        .of("might-sleep")
        .filter((e) => e.fn === "kmalloc")
        .map((e) => e.gfp),
    ).toEqual([0xd0]);
    expect(run.log).toEqual([[false, true, false], [false, true, false, true], null, -22, [false, true]]);
    expect(run.dmesg.some((l) => l.startsWith("init: page allocation failure. order:0, mode:0x20"))).toBe(
      true,
    );
    expect(run.of("memory-allocated").filter((e) => e.failed)).toHaveLength(5);
  });

  test("caches and vmalloc", () => {
    const run = runKernel(`
      import { kmem_cache_create, kmem_cache_alloc, kmem_cache_free, kmem_cache_destroy, kmem_cache, kfree, GFP_KERNEL, SLAB_HWCACHE_ALIGN, SLAB_PANIC } from "linux/slab"; import { vmalloc, vfree } from "linux/vmalloc";
      import { kthread_run } from "linux/kthread"; import { local_bh_disable } from "linux/interrupt"; import { msleep } from "linux/delay";
      class pkt { n = 1; }
      function main() {
        const c = kmem_cache_create("pkts", pkt, 0, SLAB_HWCACHE_ALIGN, (o: pkt) => { o.n = 5; }) as kmem_cache;
        const p = kmem_cache_alloc<pkt>(c, GFP_KERNEL)!; log([p.n, kmem_cache_destroy(c)]); kmem_cache_free(c, p); log([kmem_cache_destroy(c), c.live, SLAB_PANIC]);
        const q = kmem_cache_alloc<pkt>(c, GFP_KERNEL)!; kfree(q);
        const v = vmalloc(100)!; log(v.length); vfree(v); vfree(null); const w = vmalloc(pkt)!; log(w.n); vfree(w); vfree(w);
        kthread_run(() => { const x = vmalloc(4); local_bh_disable(); vfree(x); return 0; }, null, "bad"); msleep(8);
      }`);
    expect(run.log).toEqual([[5, 1], [0, 0, 0x40000], 100, 1]);
    expect(
      run
        .of("memory-freed")
        .map((e) => e.wrong)
        .filter((w) => w !== undefined),
    ).toEqual(["allocated-for-kmem_cache_free", "double"]);
    expect(run.of("bug")).toHaveLength(1);
    expect(run.of("context-restricted").map((e) => e.fn)).toContain("vfree");
  });

  test("structs embedded in freed memory are freed with it", () => {
    const run = runKernel(`
      import { kmalloc, kfree, GFP_KERNEL } from "linux/slab"; import { timer_list, setup_timer, mod_timer, jiffies } from "linux/timer"; import { msleep } from "linux/delay";
      class p { t = new timer_list(); }
      function main() { const x = kmalloc(p, GFP_KERNEL)!; const t = x.t; setup_timer(t, () => log("fired"), null); mod_timer(t, jiffies + 2); kfree(x); msleep(30); }`);
    expect(run.log).toEqual(["fired"]);
    expect(run.of("freed-access").some((e) => e.key === "function" && !e.write)).toBe(true);
  });
});

test("user memory: copies, faults, may sleep", () => {
  const run = runKernel(`
    import { copy_from_user, copy_to_user, get_user, put_user, access_ok, VERIFY_READ, VERIFY_WRITE } from "asm/uaccess"; import { set_fault } from "kernel:kernel/fault.ts";
    function main() {
      const k = new Uint8Array(4), u = new Uint8Array([1, 2, 3, 4]); log([copy_from_user(k, u, 4), Array.from(k), copy_from_user(k, null, 4)]);
      const o = { a: 0 }; log([copy_from_user(o, { a: 5 }, 4), o.a, copy_to_user(u, new Uint8Array([9]), 1), u[0], copy_to_user(null, k, 4)]);
      const x = { v: 0 }, y = { v: 8 }; log([get_user(x, y), x.v, put_user(3, y), y.v, get_user(x, null), put_user(1, null)]);
      log([access_ok(VERIFY_READ, u, 4), access_ok(VERIFY_WRITE, null, 4)]); set_fault("user-copy", "nth:1"); log(copy_from_user(k, u, 4));
    }`);
  expect(run.log).toEqual([[0, [1, 2, 3, 4], 4], [0, 5, 0, 9, 4], [0, 8, 0, 3, -14, -14], [1, 0], 4]);
  expect(
    run
      .of("might-sleep")
      .filter((e) => e.task.name === "init")
      .map((e) => e.fn),
  ).toEqual(expect.arrayContaining(["copy_from_user", "copy_to_user", "get_user", "put_user"]));
});

test("I/O regions", () => {
  const run = runKernel(`
    import { request_region, release_region, request_mem_region, release_mem_region, check_region, resource, IORESOURCE_IO, IORESOURCE_MEM, IORESOURCE_IRQ, IORESOURCE_DMA, IORESOURCE_BUSY } from "linux/ioport"; import { set_fault } from "kernel:kernel/fault.ts";
    function main() {
      const r = request_region(0x300, 32, "ne") as resource; log([r.start, r.end, r.flags === IORESOURCE_IO + IORESOURCE_BUSY || (r.flags & IORESOURCE_IO) !== 0, request_region(0x310, 4, "x"), check_region(0x31f, 1), check_region(0x320, 1)]);
      release_region(0x300, 32); release_region(0x300, 32); log([check_region(0x300, 4), request_mem_region(0x300, 4, "m") !== null, request_mem_region(0x302, 1, "m")]); release_mem_region(0x300, 4);
      set_fault("request-region", "nth:1"); log(request_region(1, 1, "f")); log([IORESOURCE_MEM, IORESOURCE_IRQ, IORESOURCE_DMA, IORESOURCE_IO, IORESOURCE_BUSY]);
    }`);
  expect(run.log).toEqual([
    [0x300, 0x31f, true, null, -16, 0],
    [0, true, null],
    null,
    [0x200, 0x400, 0x800, 0x100, 0x80000000],
  ]);
  expect(run.dmesg).toContain("Trying to free nonexistent resource <00000300-0000031f>");
});
