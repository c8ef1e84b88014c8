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

test("the same seed gives the same history, another seed another one", () => {
  const program = `
    import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock"; import { kthread_run } from "linux/kthread"; import { msleep, udelay } from "linux/delay";
    const lock = DEFINE_SPINLOCK(); const order: number[] = [];
    function main() { for (let i = 0; i < 4; i++) kthread_run((k: number) => { for (let n = 0; n < 5; n++) { spin_lock(lock); order.push(k); spin_unlock(lock); udelay(3); } return 0; }, i, "w%d", i); msleep(20); log(order); }`;
  const [a, b, c] = [1, 1, 2].map((seed) => runKernel(program, { seed }));
  expect(a!.machine.historyHash).toBe(b!.machine.historyHash);
  expect(a!.log).toEqual(b!.log);
  expect(c!.machine.historyHash).not.toBe(a!.machine.historyHash);
});
