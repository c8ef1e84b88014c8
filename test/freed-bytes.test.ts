/** Freed bytes are seen through whatever the program uses them by. */
import { describe, expect, it } from "vitest";
import { runModel } from "./support/lab.ts";

const model = (use: string): string => `
import { module_exit, module_init } from "linux/init";
import { kfree, kmalloc, GFP_KERNEL } from "linux/slab";
import { dev_alloc_skb, dev_kfree_skb, skb_put } from "linux/skbuff";
import { memcmp, memcpy, memset } from "linux/string";
module_init(() => {
  const skb = dev_alloc_skb(64)!;
  const data = skb_put(skb, 16);
  const part = data.subarray(4);
  const words = new DataView(data.buffer, data.byteOffset);
  const mine = new Uint8Array(16);
  const block = kmalloc(16, GFP_KERNEL) as Uint8Array;
  void [data, part, words, mine, block];
  ${use}
  return 0;
});
module_exit(() => {});
`;

function rules(use: string): string[] {
  const run = runModel({ model: model(use), workload: "reload", config: { nic: "none" } });
  return [...new Set(run.violations.map((v) => v.rule))].sort();
}

describe("bytes of a freed socket buffer are used by", () => {
  it.each([
    ["an element", "void data[3];"],
    ["a stored element", "data[3] = 1;"],
    ["an update", "data[3] |= 1;"],
    ["a kept view of a part", "void part[0];"],
    ["a DataView", "void words.getUint16(0);"],
    ["a stored DataView", "words.setUint32(0, 1);"],
    ["set", "data.set([1, 2]);"],
    ["set from it", "mine.set(data);"],
    ["fill", "data.fill(0);"],
    ["slice", "void data.slice(2);"],
    ["spread", "void [...data];"],
    ["for..of", "for (const x of data) void x;"],
    ["destructuring", "const [a, b] = data; void [a, b];"],
    ["memcpy from it", "memcpy(mine, data, 4);"],
    ["memcpy to it", "memcpy(data, mine, 4);"],
    ["memset", "memset(data, 0, 4);"],
    ["indexOf", "void data.indexOf(1);"],
  ])("%s", (_name, use) => {
    expect(rules(`kfree(block); dev_kfree_skb(skb); ${use}`)).toEqual(["skb-uaf"]);
    expect(rules(`${use} kfree(block); dev_kfree_skb(skb);`)).toEqual([]);
  });
});

it("bytes of kfreed memory are seen, too", () => {
  expect(rules("dev_kfree_skb(skb); kfree(block); block[1] = 1;")).toEqual(["life-use-after-free"]);
});
