import { expect, test } from "vitest";
import { inlineValues } from "./inlineValues.ts";

const SOURCE = `import { printk } from "linux/kernel";
let count = 0;
const helper = (x: number): number => x + 1;
class priv { lock = 1; }
function xmit(skb: sk_buff, { mtu }: net_device): number {
  const len = skb.len;
  if (len > mtu) {
    const gone = len;
    printk("dropped " + gone);
  }
  for (let i = 0; i < len; i++) {
    count += i; // stop
    const later = helper(i);
  }
  const list = [1].map((len) => len);
  return 0;
}
`;

const valuesAt = (marker: string): string[] => {
  const line = SOURCE.split("\n").findIndex((text) => text.includes(marker));
  const position = { line, character: SOURCE.split("\n")[line]!.search(/\S/) };
  return inlineValues(SOURCE, { start: position, end: position }).map((value) => {
    const { range } = value;
    const text = SOURCE.split("\n")[range.start.line]!.slice(range.start.character, range.end.character);
    expect("variableName" in value && value.variableName).toBe(text);
    return `${range.start.line + 1} ${text}`;
  });
};

test("variables of the frame have values up to the line of the stop, where they are used", () => {
  expect(valuesAt("// stop")).toEqual([
    ...["5 skb", "5 mtu", "6 len", "6 skb", "7 len", "7 mtu", "8 len"],
    ...["11 i", "11 len", "12 count", "12 i"],
  ]);
});

test("what is declared in a block that is over, later, or in another function has none", () => {
  const all = valuesAt("return 0;");
  expect(all).not.toContain("8 gone");
  expect(all).not.toContain("11 i");
  expect(all).toContain("15 list");
  expect(all).not.toContain("15 len");
  expect(valuesAt("const len = skb.len")).not.toContain("6 len");
});

test("nothing is shown outside of functions, or while the code is no program", () => {
  expect(valuesAt("let count")).toEqual([]);
  const position = { line: 0, character: 0 };
  expect(inlineValues("function (", { start: position, end: position })).toEqual([]);
});
