import { expect, test } from "vitest";
import { problemText, readViolation, shownPlace } from "./violation.ts";

const body = {
  rule: "ctx-sleep-atomic",
  title: "Sleeping in atomic context",
  severity: "error",
  message: "kmalloc(GFP_KERNEL) may sleep, but a spinlock is held",
  file: "/m/snull.ts",
  line: 12,
  column: 3,
  cpu: 1,
  context: "softirq",
  tick: 99,
  related: [
    { message: "the lock was taken here", file: "/m/snull.ts", line: 10, column: 3, cpu: 1, tick: 90 },
    null,
  ],
};

test("reads the adapter's event", () => {
  const violation = readViolation(body);
  expect(violation).toMatchObject({ rule: "ctx-sleep-atomic", line: 12, severity: "error" });
  expect(violation?.related).toEqual([
    { message: "the lock was taken here", file: "/m/snull.ts", line: 10, column: 3 },
  ]);
});

test.each([
  ["nothing", undefined],
  ["a string", "x"],
  ["no rule", { ...body, rule: undefined }],
  ["no file", { ...body, file: null }],
  ["no line", { ...body, line: "12" }],
])("is silent about %s", (_name, value) => {
  expect(readViolation(value)).toBeUndefined();
});

test("an unknown severity is an error, a place before the file its start", () => {
  expect(readViolation({ ...body, severity: "?", line: 0, column: -1 })).toMatchObject({
    severity: "error",
    line: 1,
    column: 1,
  });
});

test("the problem says what and where", () => {
  const read = (more: object) => readViolation({ ...body, ...more }) ?? expect.fail("not read");
  expect(problemText(read({}))).toBe(
    "Sleeping in atomic context: kmalloc(GFP_KERNEL) may sleep, but a spinlock is held [CPU 1, softirq]",
  );
  expect(problemText(read({ cpu: undefined, context: undefined, title: "" }))).toBe(body.message);
});

test("shows itself in a file of the user's", () => {
  const place = (more: object) => {
    const violation = readViolation({ ...body, ...more }) ?? expect.fail("not read");
    const { file, line } = shownPlace(violation, "/m/model.ts");
    return `${file}:${line}`;
  };
  expect(place({})).toBe("/m/snull.ts:12");
  expect(place({ file: "kernel/sched.ts" })).toBe("/m/snull.ts:10");
  expect(place({ file: "", related: [] })).toBe("/m/model.ts:1");
});
