import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

const ended = { kind: "ended", reason: "finished" };
const TEXT = `function text(b: Uint8Array | null) { return b === null ? null : Array.from(b).map((c) => String.fromCharCode(c)).join(""); }
function put(skb: sk_buff, s: string) { const b = skb_put(skb, s.length); for (let i = 0; i < s.length; i++) b[i] = s.charCodeAt(i); }\n`;
const EVERYTHING = `import {
  __alloc, alloc_skb, dev_alloc_skb, __dev_alloc_skb, skb_put, __skb_put, skb_push, __skb_push, skb_pull, __skb_pull, skb_reserve, skb_trim, __skb_trim,
  skb_headroom, skb_tailroom, skb_headlen, skb_is_nonlinear, kfree_skb, dev_kfree_skb, dev_kfree_skb_any, dev_kfree_skb_irq, sk_buff, NET_SKB_PAD,
  skb_clone, skb_cloned, skb_header_cloned, skb_copy, pskb_copy, skb_copy_expand, pskb_expand_head, skb_realloc_headroom, skb_cow, skb_share_check, skb_unshare,
  skb_get, skb_shared, skb_pad, skb_padto, skb_linearize, skb_shinfo, skb_shared_info, skb_frag_t, skb_fill_page_desc, page_address, skb_copy_bits, skb_orphan, skb_checksum,
  skb_checksum_help, skb_copy_and_csum_dev, MAX_SKB_FRAGS, NET_IP_ALIGN,
} from "linux/skbuff"; import { GFP_ATOMIC, GFP_KERNEL } from "linux/slab";\n`.replace("  __alloc, ", "  ");

const run = (body: string) => runKernel(`${EVERYTHING + TEXT}function main() { ${body} }`);

describe("the window of an skb", () => {
  test("put, push, pull, reserve and trim move it; lengths and rooms follow", () => {
    const r = run(`
      const skb = alloc_skb(100, GFP_KERNEL)!;
      log([skb.len, skb.data.length, skb_headroom(skb), skb_tailroom(skb)]);
      skb_reserve(skb, 20); log([skb_headroom(skb), skb_tailroom(skb), skb.len]);
      put(skb, "hello"); log([text(skb.data), skb.len, skb_headlen(skb), skb_is_nonlinear(skb)]);
      const h = skb_push(skb, 2); h[0] = 65; h[1] = 66; log([text(skb.data), skb_headroom(skb)]);
      log([text(skb_pull(skb, 3)), skb.len]); log([skb_pull(skb, 99), skb.len]);
      skb_trim(skb, 2); log(text(skb.data)); skb_trim(skb, 50); log(skb.len);
      log([__skb_put(skb, 1).length, __skb_push(skb, 1).length, __skb_pull(skb, 2).length]); __skb_trim(skb, 1); log(skb.len);
      kfree_skb(skb);`);
    expect(r.log).toEqual([
      [0, 0, 0, 128],
      [20, 108, 0],
      ["hello", 5, 5, 0],
      ["ABhello", 18],
      ["ello", 4],
      [null, 4],
      "el",
      2,
      [1, 4, 2],
      1,
    ]);
    expect(r.of("skb-misused")).toMatchObject([{ how: "pull", size: 99 }]);
    expect(r.end).toEqual(ended);
  });

  test("dev_alloc_skb leaves head room; its data carries its place in the buffer while it is empty", () => {
    const r = run(`const a = dev_alloc_skb(60)!, b = __dev_alloc_skb(60, GFP_ATOMIC)!;
      log([skb_headroom(a), skb_headroom(b), NET_SKB_PAD, NET_IP_ALIGN, a.data.byteOffset - a.head.byteOffset, a.data.length, MAX_SKB_FRAGS]);
      log([a.truesize > 60, a.protocol, a.pkt_type, a.ip_summed]); kfree_skb(a); dev_kfree_skb(b);`);
    expect(r.log).toEqual([
      [16, 16, 16, 2, 16, 0, 18],
      [true, 0, 0, 0],
    ]);
  });

  test.each([
    ["skb_put past the end", "skb_put(skb, 500)", "over", "skb_over_panic"],
    ["skb_push before the start", "skb_push(skb, 17)", "under", "skb_under_panic"],
  ])("%s panics as 2.6.16 does", (_name, call, how, message) => {
    const r = run(`const skb = dev_alloc_skb(60)!; ${call};`);
    expect(r.of("skb-misused")).toMatchObject([{ how }]);
    expect(r.dmesg.join("\n")).toContain(message);
    expect(r.of("oops")).toHaveLength(1);
  });

  test("a wrong argument is told in one message and is an oops, not a TypeError of the kernel", () => {
    const r = run(`skb_put(null as never, 4);`);
    expect(r.of("api-misused")[0]?.message).toContain("skb_put");
    expect(r.of("oops")[0]?.message).toContain("NULL pointer");
  });
});

describe("references and copies", () => {
  test("the last reference frees; a second free is told", () => {
    const r = run(
      `const skb = dev_alloc_skb(10)!; skb_get(skb); log([skb_shared(skb)]); kfree_skb(skb); log([skb_shared(skb), skb.len]); kfree_skb(skb); kfree_skb(skb); skb.len;`,
    );
    expect(r.log).toEqual([[1], [0, 0]]);
    expect(r.of("skb-freed").map((e) => [e.users, e.twice])).toEqual([
      [1, false],
      [0, false],
      [0, true],
    ]);
    expect(r.of("freed-access").map((e) => e.key)).toEqual(["len"]);
  });

  test("a clone shares the data, a copy has its own", () => {
    const r =
      run(`const a = dev_alloc_skb(20)!; put(a, "abc"); const c = skb_clone(a, GFP_ATOMIC)!, d = skb_copy(a, GFP_ATOMIC)!;
      log([skb_cloned(a), skb_cloned(c), skb_cloned(d), skb_header_cloned(a)]); a.data[0] = 88; log([text(c.data), text(d.data), text(pskb_copy(a, GFP_ATOMIC)!.data)]);
      kfree_skb(c); log(skb_cloned(a)); const e = skb_copy_expand(a, 50, 60, GFP_ATOMIC)!; log([skb_headroom(e), skb_tailroom(e) >= 60, text(e.data)]);`);
    expect(r.log).toEqual([[1, 1, 0, 1], ["Xbc", "abc", "Xbc"], 0, [50, true, "Xbc"]]);
  });

  test("expanding, cow, unshare and share_check give private data and room", () => {
    const r = run(`const a = dev_alloc_skb(20)!; put(a, "abc"); const c = skb_clone(a, GFP_ATOMIC)!;
      log([pskb_expand_head(a, 100, 30, GFP_ATOMIC), skb_headroom(a), skb_cloned(a), text(a.data)]); a.data[0] = 90; log(text(c.data));
      const d = skb_clone(c, GFP_ATOMIC)!; log([skb_cow(d, 40), skb_headroom(d) >= 40, skb_cloned(d)]);
      const e = skb_clone(c, GFP_ATOMIC)!, f = skb_unshare(e, GFP_ATOMIC)!; log([f !== e, skb_cloned(f), text(f.data)]);
      skb_get(f); const g = skb_share_check(f, GFP_ATOMIC)!; log([g !== f, skb_shared(g), skb_share_check(g, GFP_ATOMIC) === g]);
      log(skb_headroom(skb_realloc_headroom(c, 77)!));`);
    expect(r.log).toEqual([[0, 116, 0, "abc"], "abc", [0, true, 0], [true, 0, "abc"], [true, 0, true], 77]);
  });

  test("padding adds zeros behind the data and leaves the length", () => {
    const r =
      run(`const a = dev_alloc_skb(100)!; put(a, "abc"); a.head[a.tail] = 7; log(skb_padto(a, 3) === a); const b = skb_padto(a, 60)!; log([b === a, b.len, b.head[b.tail], b.head[b.tail + 56]]);
      const c = skb_clone(b, GFP_ATOMIC)!; const d = skb_pad(c, 4)!; log([d !== c, d.len, text(d.data)]);`);
    expect(r.log).toEqual([true, [true, 3, 0, 0], [true, 3, "abc"]]);
    expect(r.end).toEqual(ended);
  });

  test("fragments count in len, are copied, and made linear", () => {
    const r =
      run(`const a = dev_alloc_skb(100)!; put(a, "ab"); const page = new Uint8Array(10).fill(67); skb_fill_page_desc(a, 0, page, 2, 3); a.len += 3; a.data_len += 3;
      log([skb_is_nonlinear(a), skb_headlen(a), skb_shinfo(a).nr_frags, skb_tailroom(a), page_address(skb_shinfo(a).frags[0]!.page) === page]);
      const to = new Uint8Array(4); log([skb_copy_bits(a, 1, to, 4), text(to), skb_copy_bits(a, 3, to, 4)]);
      log([skb_linearize(a, GFP_ATOMIC), text(a.data), a.data_len, skb_shinfo(a).nr_frags, skb_shinfo(a) instanceof skb_shared_info, new skb_frag_t().size]);`);
    expect(r.log).toEqual([
      [1, 2, 1, 0, true],
      [0, "bCCC", -14],
      [0, "abCCC", 0, 0, true, 0],
    ]);
  });

  test("checksums are left to the card, or filled in", () => {
    const r =
      run(`const a = dev_alloc_skb(100)!; const b = skb_put(a, 8); b[0] = 1; b[2] = 2; a.h.raw = a.data; a.csum = 6; a.ip_summed = 1; log(skb_checksum(a, 0, 8, 0));
      log([skb_checksum_help(a, 0), a.ip_summed, a.data[6], a.data[7]]); const out = new Uint8Array(8); skb_copy_and_csum_dev(a, out); log(Array.from(out)); skb_orphan(a);`);
    expect(r.log).toEqual([3, [0, 0, 0xfc, 0xff], [1, 0, 2, 0, 0, 0, 0xfc, 0xff]]);
  });
});

test("allocation failure gives null, and too much is too much", () => {
  const r = runKernel(`${EVERYTHING} import { set_fault } from "kernel:kernel/fault.ts";
    function main() { set_fault("skb", "nth:2"); log([dev_alloc_skb(9) !== null, dev_alloc_skb(9), dev_alloc_skb(9) !== null, alloc_skb(200000, GFP_KERNEL)]); }`);
  expect(r.log).toEqual([[true, null, true, null]]);
  expect(r.dmesg.join("\n")).toContain("page allocation failure");
  expect(r.of("might-sleep").some((e) => e.fn === "alloc_skb")).toBe(true);
});

test("queues keep order under their lock and count", () => {
  const r =
    runKernel(`import { sk_buff_head, skb_queue_head_init, skb_queue_tail, skb_queue_head, skb_dequeue, skb_dequeue_tail, skb_queue_len, skb_queue_empty, skb_peek, skb_peek_tail,
      skb_unlink, skb_append, skb_insert, skb_queue_purge, __skb_queue_head, __skb_queue_tail, __skb_dequeue, __skb_dequeue_tail, __skb_unlink, __skb_append, __skb_insert, __skb_queue_purge,
      skb_queue_walk, dev_alloc_skb, sk_buff } from "linux/skbuff";
    const q = new sk_buff_head(); const names = new Map<sk_buff, string>();
    function make(n: string) { const s = dev_alloc_skb(4)!; names.set(s, n); return s; }
    function show() { let t = ""; for (const s of skb_queue_walk(q)) t += names.get(s); log(t + q.qlen); }
    function main() {
      skb_queue_head_init(q); log([skb_queue_empty(q), skb_dequeue(q), skb_peek(q)]);
      const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(make);
      skb_queue_tail(q, b); skb_queue_head(q, a); skb_append(b, d, q); skb_insert(d, c, q); show();
      log([names.get(skb_peek(q)!), names.get(skb_peek_tail(q)!), skb_queue_len(q), skb_queue_empty(q), c.list === q]);
      skb_unlink(b, q); show(); log([b.next, b.list]); log(names.get(skb_dequeue(q)!)); log(names.get(skb_dequeue_tail(q)!)); show();
      __skb_queue_head(q, a); __skb_queue_tail(q, d); __skb_append(a, b, q); __skb_insert(e, d, q); show(); __skb_unlink(e, q); log([names.get(__skb_dequeue(q)!), names.get(__skb_dequeue_tail(q)!)]); show();
      skb_queue_purge(q); show(); __skb_queue_tail(q, a); __skb_queue_purge(q); show();
    }`);
  expect(r.log).toEqual([
    [1, null, null],
    "abcd4",
    ["a", "d", 4, 0, true],
    "acd3",
    [null, null],
    "a",
    "d",
    "c1",
    "abced5",
    ["a", "d"],
    "bc2",
    "0",
    "0",
  ]);
  expect(r.of("skb-freed")).toHaveLength(3);
  expect(r.of("lock-acquired").filter((e) => e.lock.lockName.includes("test")).length).toBeGreaterThan(5);
});
