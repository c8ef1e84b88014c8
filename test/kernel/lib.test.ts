import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

test("bit operations", () => {
  const run = runKernel(`
    import { bitmap_t, set_bit, clear_bit, change_bit, test_bit, test_and_set_bit, test_and_clear_bit, test_and_change_bit, __set_bit, __clear_bit, __change_bit, __test_and_set_bit, __test_and_clear_bit, __test_and_change_bit,
      ffs, __ffs, fls, ffz, find_first_bit, find_next_bit, find_first_zero_bit, find_next_zero_bit, hweight32, hweight16, hweight8 } from "linux/bitops"; import { test_bit as tb } from "asm/bitops";
    const m = new bitmap_t();
    function main() {
      set_bit(31, m); set_bit(40, m); log([m.words, test_bit(31, m), tb(30, m), test_bit(100, m)]);
      log([test_and_set_bit(3, m), test_and_set_bit(3, m), test_and_clear_bit(3, m), test_and_clear_bit(3, m), test_and_change_bit(3, m), test_bit(3, m)]); change_bit(3, m); clear_bit(31, m); log(m.words);
      __set_bit(1, m); __change_bit(2, m); __clear_bit(1, m); log([__test_and_set_bit(5, m), __test_and_clear_bit(5, m), __test_and_change_bit(5, m), m.words]);
      log([ffs(0), ffs(8), __ffs(8), fls(8), fls(0), ffz(7), hweight32(0xff00ff), hweight16(0x1ffff), hweight8(0x1ff)]);
      log([find_first_bit(m, 64), find_next_bit(m, 64, 6), find_first_zero_bit(m, 64), find_next_zero_bit(m, 64, 40), find_first_bit(new bitmap_t(), 32)]);
    }`);
  expect(run.log).toEqual([
    [[0x80000000, 0x100], 1, 0, 0],
    [0, 1, 1, 0, 0, 1],
    [0, 0x100],
    [0, 1, 0, [36, 0x100]],
    [0, 4, 3, 4, 0, 3, 16, 16, 8],
    [2, 40, 0, 41, 32],
  ]);
});

test("set_bit is atomic between CPUs, __set_bit is not", () => {
  const program = (fn: string): string => `
    import { bitmap_t, ${fn} } from "linux/bitops"; import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
    const lost = { n: 0 };
    function main() {
      for (let i = 0; i < 60; i++) { const m = new bitmap_t(); kthread_run(() => { ${fn}(1, m); return 0; }, 0, "x"); kthread_run(() => { ${fn}(2, m); return 0; }, 0, "y"); msleep(4); if (m.words[0] !== 6) lost.n++; }
      log(lost.n);
    }`;
  expect(runKernel(program("set_bit")).log).toEqual([0]);
  const lost = [1, 2, 3, 4].map((seed) => runKernel(program("__set_bit"), { seed }).log[0] as number);
  expect(Math.max(...lost)).toBeGreaterThan(0);
});

test("atomic counters", () => {
  const run = runKernel(`
    import { atomic_t, ATOMIC_INIT, atomic_read, atomic_set, atomic_add, atomic_sub, atomic_inc, atomic_dec, atomic_add_return, atomic_sub_return, atomic_inc_return, atomic_dec_return, atomic_dec_and_test, atomic_inc_and_test, atomic_sub_and_test, atomic_add_negative, atomic_add_unless, atomic_inc_not_zero, atomic_cmpxchg, atomic_xchg } from "asm/atomic";
    import { xchg, cmpxchg, set_mb } from "asm/system";
    const v = new atomic_t(1);
    function main() {
      atomic_add(5, v); atomic_sub(2, v); atomic_inc(v); atomic_dec(v); log([atomic_read(v), atomic_read(ATOMIC_INIT(9))]); atomic_set(v, 1);
      log([atomic_add_return(2, v), atomic_sub_return(1, v), atomic_inc_return(v), atomic_dec_return(v)]);
      log([atomic_dec_and_test(v), atomic_dec_and_test(v), atomic_inc_and_test(v), atomic_sub_and_test(1, v), atomic_add_negative(-1, v), atomic_inc_and_test(v)]);
      log([atomic_inc_not_zero(v), atomic_add_unless(v, 3, 7), atomic_read(v), atomic_cmpxchg(v, 3, 8), atomic_cmpxchg(v, 3, 9), atomic_xchg(v, 0x7fffffff), atomic_inc_return(v)]);
      const p = { v: 1 }; log([xchg(p, 2), cmpxchg(p, 2, 3), cmpxchg(p, 2, 4), p.v]); set_mb(p, 6); log(p.v);
    }`);
  expect(run.log).toEqual([
    [4, 9],
    [3, 2, 3, 2],
    [false, true, false, true, true, true],
    [false, true, 3, 3, 8, 8, -0x80000000],
    [1, 2, 3, 3],
    6,
  ]);
});

test("lists", () => {
  const run = runKernel(`
    import { list_head, LIST_HEAD, INIT_LIST_HEAD, list_add, list_add_tail, list_del, list_del_init, list_move, list_move_tail, list_empty, list_splice, list_splice_init, list_entry, list_for_each_entry, list_for_each_entry_safe, list_for_each_entry_reverse } from "linux/list";
    import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
    class item { list = new list_head<item>(this); constructor(public n = 0) {} }
    const names = (h: list_head<item>) => [...list_for_each_entry(h)].map((i) => i.n);
    function main() {
      const h = LIST_HEAD<item>(); const [a, b, c] = [new item(1), new item(2), new item(3)]; log(list_empty(h));
      list_add(a.list, h); list_add(b.list, h); list_add_tail(c.list, h); log(names(h)); log([...list_for_each_entry_reverse(h)].map((i) => i.n));
      list_move(c.list, h); list_move_tail(b.list, h); log(names(h)); log(list_entry(h.next).n);
      for (const i of list_for_each_entry_safe(h)) if (i.n === 1) list_del(i.list); log(names(h)); list_del_init(b.list); log([list_empty(b.list), names(h)]);
      const g = new list_head<item>(); list_add(b.list, g); list_splice_init(g, h); log([names(h), list_empty(g)]); const k = LIST_HEAD<item>(); list_splice(h, k); log(names(k)); INIT_LIST_HEAD(h); log(list_empty(h));
      kthread_run(() => { list_del(a.list); return 0; }, null, "twice"); msleep(8);
    }`);
  expect(run.log).toEqual([
    true,
    [2, 1, 3],
    [3, 1, 2],
    [3, 1, 2],
    3,
    [3, 2],
    [true, [3]],
    [[2, 3], true],
    [2, 3],
    true,
  ]);
  expect(run.of("api-misused")[0]!.message).toContain("was the node deleted already?");
});

test("lists of structures without a node of their own, and of kmalloc's memory", () => {
  const run = runKernel(`
    import { list_head, list_add_tail, list_del, list_del_init, list_move, list_for_each_entry } from "linux/list"; import { kmalloc, GFP_KERNEL } from "linux/slab";
    class bare { constructor(public n: number) {} } class noded { list = new list_head<noded>(); n = 7; }
    function main() {
      const h = new list_head<bare>(); const [a, b] = [new bare(1), new bare(2)]; list_add_tail(a, h); list_add_tail(b, h); list_move(b, h); log([...list_for_each_entry(h)].map((x) => x.n));
      list_del(b); list_del_init(a); list_add_tail(a, h); log([...list_for_each_entry(h)].map((x) => x.n));
      const g = new list_head<noded>(); const k = kmalloc(noded, GFP_KERNEL)!; list_add_tail(k.list, g); for (const x of list_for_each_entry(g)) log(x.n);
    }`);
  expect(run.log).toEqual([[2, 1], [1], 7]);
});

test("bytes and strings", () => {
  const run = runKernel(`
    import { memcpy, memmove, memset, memcmp, strlen, strcmp, strncmp, strnicmp, strchr, strstr, strcpy, strncpy, strlcpy, strcat, kstrdup } from "linux/string";
    import { sprintf, snprintf, scnprintf, simple_strtoul, simple_strtol } from "linux/kernel"; import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay"; import { GFP_KERNEL } from "linux/slab";
    function main() {
      const a = new Uint8Array(4); log(Array.from(memcpy(a, new Uint8Array([1, 2, 3, 4]), 3))); log(Array.from(memset(a, 0x1ff, 2))); log(Array.from(memmove(a.subarray(1), a, 3))); log([memcmp(a, a, 4), memcmp([1], [2], 1) < 0, memcmp([3], [2], 1) > 0]);
      log([strlen("abc"), strcmp("a", "b"), strcmp("a", "a"), strncmp("abx", "aby", 2), strnicmp("ABC", "abd", 2), strchr("eth0", "h"), strchr("x", "y"), strstr("eth0:1", "0:"), strstr("a", "b")]);
      const b = new Uint8Array(8), s = { v: "" }; strcpy(b, "abc"); strcat(b, "d"); log([strlen(b), strcmp(b, "abcd")]); strncpy(b, "xyz", 2); log(strcmp(b, "xycd")); log([strlcpy(b, "0123456789", 8), strlen(b)]); strcpy(s, "q"); log(s.v);
      log([sprintf(s, "%s=%d", "n", 5), s.v, snprintf(s, 4, "%s", "abcdef"), s.v, scnprintf(s, 4, "%s", "abcdef")]);
      const end = { v: "" }; log([simple_strtoul("12ab", end, 10), end.v, simple_strtoul("0x1F", null, 0), simple_strtoul("017", null, 0), simple_strtoul("ff", null, 16), simple_strtol("-42", null, 10), simple_strtol("7", null, 0)]);
      log(kstrdup("ab", GFP_KERNEL)!.length); kthread_run(() => { memcpy(new Uint8Array(2), new Uint8Array(9), 3); return 0; }, null, "over"); msleep(8);
    }`);
  expect(run.log).toEqual([
    [1, 2, 3, 0],
    [255, 255, 3, 0],
    [255, 255, 3],
    [0, true, true],
    [3, -1, 0, 0, 0, "h0", null, "0:1", null],
    [4, 0],
    0,
    [10, 7],
    "q",
    [3, "n=5", 6, "abc", 3],
    [12, "ab", 31, 15, 255, -42, 7],
    3,
  ]);
  expect(run.of("api-misused")[0]!.message).toBe("memcpy(): 3 bytes of dst, which has only 2");
});

describe("printk", () => {
  test("levels, continuation lines, formats", () => {
    const run = runKernel(`
      import { printk, KERN_EMERG, KERN_ALERT, KERN_CRIT, KERN_ERR, KERN_WARNING, KERN_NOTICE, KERN_INFO, KERN_DEBUG } from "linux/kernel";
      function main() {
        for (const l of [KERN_EMERG, KERN_ALERT, KERN_CRIT, KERN_ERR, KERN_WARNING, KERN_NOTICE, KERN_INFO, KERN_DEBUG]) printk(l + "level\\n");
        printk("no level\\n"); printk(KERN_ERR + "a"); printk("b\\n"); printk(KERN_INFO + "open"); printk(KERN_ERR + "next\\n"); printk("two\\nlines\\n"); log(printk("four"));
        printk(KERN_INFO + "%5d|%-5d|%05d|%x|%#X|%02x:%02X|%c|%s|%.2s|%8.3s|%u|%o|%ld|%llu|%%|%+d|%*d|%p|%i|%hx\\n", 42, 42, 42, 255, 255, 10, 171, 65, "str", "cut", "wide", -1, 8, -5, 18446744073709551615n, 7, 4, 9, null, 3, 0x1ffff);
        printk("%d missing\\n"); printk("%s\\n", null);
      }`);
    expect(
      run
        .of("printk")
        .slice(-18)
        .map((e) => [e.level, e.text]),
    ).toEqual([
      [0, "level"],
      [1, "level"],
      [2, "level"],
      [3, "level"],
      [4, "level"],
      [5, "level"],
      [6, "level"],
      [7, "level"],
      [4, "no level"],
      [3, "ab"],
      [6, "open"],
      [3, "next"],
      [4, "two"],
      [4, "lines"],
      [4, "four"],
      [
        6,
        "   42|42   |00042|ff|0XFF|0a:AB|A|str|cu|     wid|4294967295|10|-5|18446744073709551615|%|+7|   9|00000000|3|ffff",
      ],
      [4, "%d missing"],
      [4, "<NULL>"],
    ]);
  });

  test("rate limit, BUG, WARN_ON, panic, dump_stack", () => {
    const run = runKernel(`
      import { printk_ratelimit, BUG, BUG_ON, WARN_ON, dump_stack, panic } from "linux/kernel"; import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      function main() {
        let n = 0; for (let i = 0; i < 20; i++) n += printk_ratelimit(); log(n); msleep(5100); log([printk_ratelimit(), printk_ratelimit()]);
        BUG_ON(0); WARN_ON(false); log(WARN_ON(1)); dump_stack(); kthread_run(() => BUG() as never, null, "b"); kthread_run(() => { BUG_ON(1); return 0; }, null, "c"); msleep(8); panic("no %s", "more"); log("never");
      }`);
    expect(run.log).toEqual([10, [1, 0], true]);
    expect(run.dmesg).toContain("printk: 10 messages suppressed.");
    expect(run.of("bug").map((e) => e.text)).toEqual([
      expect.stringMatching(/^kernel BUG at \/test\/program.ts:\d+!$/),
      expect.stringMatching(/^kernel BUG/),
    ]);
    expect(run.dmesg.some((l) => l.startsWith("Badness in main at /test/program.ts:"))).toBe(true);
    expect(run.dmesg.some((l) => / \[<\/test\/program.ts:\d+>\] main/.test(l))).toBe(true);
    expect(run.dmesg.at(-1)).toBe("Kernel panic - not syncing: no more");
    expect(run.end).toEqual({ kind: "ended", reason: "halted" });
  });
});

test("types, structs, byte order", () => {
  const run = runKernel(`
    import { u8, u16, u32, u64, s8, s16, s32, s64, struct, struct_packed, __u8, __u16, __u32, __u64, __le16, __le32, __le64, __be16, __be32, __be64 } from "linux/types";
    import { swab16, swab32, swab64, cpu_to_le16, cpu_to_le32, cpu_to_le64, le16_to_cpu, le32_to_cpu, le64_to_cpu, cpu_to_be16, cpu_to_be32, cpu_to_be64, be16_to_cpu, be32_to_cpu, be64_to_cpu, htons, ntohs, htonl, ntohl } from "asm/byteorder";
    const inner = struct({ x: __u8, y: __u16 });
    const d = struct({ a: __u8, b: __le32, c: __le16, mac: [__u8, 6], in: inner, q: __le64, w: __u32 });
    const p = struct_packed({ a: __u8, b: __be32, c: __be16, d: __be64, e: __u64 });
    function main() {
      log([u8(-1), u16(65537), u32(-1), u64(-1), s8(200), s16(40000), s32(0xffffffff), s64(2n ** 63n)]);
      log([d.size, d.offsets.b, d.offsets.mac, d.offsets.in, d.offsets.q, p.size]);
      const bytes = new Uint8Array(64); const v = d.at(bytes, 4); v.a = 0x1ff; v.b = 0x01020304; v.c = 0x0506; v.mac.set([1, 2]); v.in.y = 7; v.q = 5n; v.w = -1; log([Array.from(bytes.subarray(4, 20)), v.in.y, v.w, v.q]);
      const w = p.at(bytes); w.b = cpu_to_be32(0x0a0b0c0d); w.c = cpu_to_be16(0x0102); w.d = cpu_to_be64(1n); w.e = 3n; log([Array.from(bytes.subarray(1, 7)), be32_to_cpu(w.b) === 0x0a0b0c0d, be16_to_cpu(w.c), be64_to_cpu(w.d), w.e]);
      log([swab16(0x1234), swab32(0x12345678), swab64(0x0102030405060708n), cpu_to_le16(0x12345), cpu_to_le32(-1), cpu_to_le64(-1), le16_to_cpu(0x1234), le32_to_cpu(-2), le64_to_cpu(9n), htons(0x0800), ntohs(8), htonl(1), ntohl(0x01000000)]);
    }`);
  expect(run.log).toEqual([
    [255, 1, 0xffffffff, 2n ** 64n - 1n, -56, -25536, -1, -(2n ** 63n)],
    [32, 4, 10, 16, 20, 23],
    [[0xff, 0, 0, 0, 4, 3, 2, 1, 6, 5, 1, 2, 0, 0, 0, 0], 7, 0xffffffff, 5n],
    [[0x0a, 0x0b, 0x0c, 0x0d, 1, 2], true, 0x0102, 1n, 3n],
    [
      0x3412,
      0x78563412,
      0x0807060504030201n,
      0x2345,
      0xffffffff,
      2n ** 64n - 1n,
      0x1234,
      0xfffffffe,
      9n,
      8,
      0x0800,
      0x01000000,
      1,
    ],
  ]);
});

test("small helpers, notifiers, random, capabilities, CPUs, RCU", () => {
  const run = runKernel(`
    import { min, max, abs, ALIGN, roundup, ARRAY_SIZE } from "linux/kernel"; import { capable, CAP_NET_ADMIN, CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_ADMIN } from "linux/capability";
    import { notifier_head, notifier_block, notifier_chain_register, notifier_chain_unregister, notifier_call_chain, NOTIFY_OK, NOTIFY_STOP, NOTIFY_DONE, NOTIFY_BAD, NOTIFY_STOP_MASK } from "linux/notifier";
    import { get_random_bytes } from "linux/random"; import { get_cpu, put_cpu, smp_processor_id, raw_smp_processor_id, num_online_cpus, NR_CPUS, on_each_cpu, smp_call_function } from "linux/smp";
    import { rcu_read_lock, rcu_read_unlock, rcu_read_lock_bh, rcu_read_unlock_bh, rcu_dereference, rcu_assign_pointer, synchronize_rcu, synchronize_sched, synchronize_net, call_rcu } from "linux/rcupdate"; import { preempt_count } from "linux/preempt"; import { msleep, udelay, mdelay, ndelay } from "linux/delay"; import { kthread_create, kthread_bind } from "linux/kthread"; import { wake_up_process, task_struct } from "linux/sched"; import { cpu_relax } from "asm/processor"; import { in_irq } from "linux/hardirq";
    function block(name: string, priority: number, ret: number) { const n = new notifier_block(); n.priority = priority; n.notifier_call = (_n, event, data: string) => { told.push(name + event + data); return ret; }; return n; }
    const told: string[] = []; const r = { v: 1 }; const s = { reading: 0, left: 0 };
    function main() {
      log([min(2, 1), max(2, 1), abs(-3), ALIGN(13, 8), roundup(13, 5), ARRAY_SIZE([1, 2]), capable(CAP_NET_ADMIN), CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_MODULE, CAP_SYS_RAWIO, CAP_SYS_ADMIN]);
      const h = new notifier_head(); const a = block("a", 0, NOTIFY_OK), b = block("b", 5, NOTIFY_DONE), c = block("c", -1, NOTIFY_STOP), d = block("d", -2, NOTIFY_OK);
      for (const n of [a, b, c, d]) notifier_chain_register(h, n); log([notifier_call_chain(h, 3, "x"), told]); log([notifier_chain_unregister(h, c), notifier_chain_unregister(h, c), notifier_chain_unregister(h, b)]); log([notifier_call_chain(h, 4, "y"), told.length, NOTIFY_BAD, NOTIFY_STOP_MASK]);
      const bytes = new Uint8Array(16); get_random_bytes(bytes, 16); log(new Set(bytes).size > 4);
      log([get_cpu(), preempt_count(), smp_processor_id(), raw_smp_processor_id()]); put_cpu(); log([preempt_count(), num_online_cpus(), NR_CPUS]);
      const cpus: number[] = []; on_each_cpu(() => cpus.push(smp_processor_id()), null, 0, 1); log(cpus.sort()); const o: unknown[] = []; smp_call_function((x: string) => o.push([x, smp_processor_id(), in_irq() !== 0]), "i", 0, 1); log(o);
      rcu_read_lock(); log(preempt_count()); rcu_read_unlock(); rcu_read_lock_bh(); log(preempt_count()); rcu_read_unlock_bh(); rcu_assign_pointer(r, 2); log(rcu_dereference(r.v));
      const k = kthread_create(() => { rcu_read_lock(); s.reading = 1; udelay(200); s.left++; rcu_read_unlock(); return 0; }, null, "reader") as task_struct; kthread_bind(k, 1); wake_up_process(k); while (!s.reading) cpu_relax(); synchronize_rcu(); log([s.left, smp_processor_id()]);
      synchronize_sched(); synchronize_net(); call_rcu("head", (x: string) => log("rcu " + x)); msleep(8); ndelay(100); mdelay(2);
    }`);
  expect(run.log).toEqual([
    [1, 2, 3, 16, 15, 2, 1, 10, 13, 16, 17, 21],
    [0x8001, ["b3x", "a3x", "c3x"]],
    [0, -2, 0],
    [1, 5, 0x8002, 0x8000],
    true,
    [0, 1, 0, 0],
    [0, 2, 32],
    [0, 1],
    [["i", 1, true]],
    1,
    0x100,
    2,
    [1, 0],
    "rcu head",
  ]);
  expect(run.of("busy-wait").map((e) => [e.fn, e.ns])).toEqual([
    ["udelay", 200000],
    ["ndelay", 100],
    ["mdelay", 2000000],
  ]);
});
