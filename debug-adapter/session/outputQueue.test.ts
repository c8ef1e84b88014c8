import { describe, expect, it } from "vitest";
import { nodePlatform } from "../platform/node.ts";
import { installPlatform } from "../platform/platform.ts";
import { OutputQueue } from "./outputQueue.ts";

installPlatform(nodePlatform());

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the output queue", () => {
  it("keeps every line, in order, in few messages", async () => {
    const sent: string[] = [];
    const queue = new OutputQueue(({ output }) => sent.push(output));
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${i}\n`);
    for (const output of lines) queue.add({ category: "stdout", output, line: 7 });
    await settled();
    expect(sent.join("")).toBe(lines.join(""));
    expect(sent.length).toBeLessThan(60);
  });

  it("does not put lines of different places together", async () => {
    const sent: [string, number | undefined][] = [];
    const queue = new OutputQueue(({ output, line }) => sent.push([output, line]));
    for (let i = 0; i < 60; i++) queue.add({ category: "stdout", output: ".", line: 1 });
    queue.add({ category: "stdout", output: "!", line: 2 });
    queue.flush();
    await settled();
    expect(sent.map(([text]) => text).join("")).toBe(`${".".repeat(60)}!`);
    expect(sent.at(-1)).toEqual(["!", 2]);
  });
});
