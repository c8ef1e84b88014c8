import { expect, test } from "vitest";
import { commandTarget } from "./debugTarget.ts";

test.each([
  [[], {}],
  [[undefined], {}],
  [[2], { threadId: 2 }],
  [["file:///m.ts", { sessionId: "s", threadId: 1, frameId: 7 }], { threadId: 1 }],
  [[{ threadId: "thread:x:1" }], {}],
  [
    [{ container: { variablesReference: 9 }, variable: { name: "total", value: "1" } }],
    { variable: { name: "total", variablesReference: 9 } },
  ],
])("%j names %j", (args, target) => {
  expect(commandTarget(args)).toEqual(target);
});
