import { expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

test("the kernel boots and runs a program", () => {
  const run = runKernel(`
    import { printk, KERN_INFO } from "linux/kernel";
    import { jiffies } from "linux/jiffies";
    import { msleep } from "linux/delay";
    function main() {
      printk(KERN_INFO + "hello %d\\n", 42);
      const before = jiffies;
      msleep(100);
      log(jiffies - before);
    }`);
  expect(run.end).toEqual({ kind: "ended", reason: "finished" });
  expect(run.dmesg).toContain("hello 42");
  expect(run.log[0]).toBeGreaterThanOrEqual(25);
  expect(run.log[0]).toBeLessThanOrEqual(27);
});
