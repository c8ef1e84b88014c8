import { describe, expect, it } from "vitest";
import { parseLogMessage } from "./logMessage.ts";

describe("log messages", () => {
  it.each([
    ["plain", [{ text: "plain" }]],
    ["len={skb.len}!", [{ text: "len=" }, { expression: "skb.len" }, { text: "!" }]],
    ["{ {a: 1}.a }", [{ expression: " {a: 1}.a " }]],
    ["{'}' + x}", [{ expression: "'}' + x" }]],
    ["\\{no\\} {yes}", [{ text: "{no} " }, { expression: "yes" }]],
    ["{a}{b}", [{ expression: "a" }, { expression: "b" }]],
    ["", []],
  ])("%j", (message, parts) => expect(parseLogMessage(message)).toEqual(parts));

  it("says what is wrong", () => expect(() => parseLogMessage("a {b")).toThrow(/without a \}/));
});
