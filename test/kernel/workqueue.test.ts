import { expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

test("work runs in process context on keventd of this CPU, pending is cleared before", () => {
  const run = runKernel(
    `
    import { work_struct, INIT_WORK, PREPARE_WORK, DECLARE_WORK, schedule_work, flush_scheduled_work, current_is_keventd } from "linux/workqueue";
    import { current } from "linux/sched"; import { in_interrupt } from "linux/hardirq"; import { msleep } from "linux/delay"; import { local_bh_disable, local_bh_enable } from "linux/interrupt";
    const w = new work_struct(); const ran: unknown[] = [];
    function main() {
      INIT_WORK(w, (d: string) => { ran.push([d, current.comm, in_interrupt(), w.pending, current_is_keventd()]); msleep(8); }, "one");
      local_bh_disable(); log([schedule_work(w), schedule_work(w)]); local_bh_enable(); flush_scheduled_work(); log(ran);
      PREPARE_WORK(w, (d: string) => ran.push(d), "two"); schedule_work(w); flush_scheduled_work(); log(ran[1]); log(current_is_keventd());
      const d = DECLARE_WORK(() => ran.push("three"), null); schedule_work(d); flush_scheduled_work(); log(ran.length);
    }`,
    { fixed: true },
  );
  expect(run.log).toEqual([[1, 0], [["one", "events/0", 0, false, 1]], "two", 0, 3]);
});

test("delayed work, cancelling, self-rearming work", () => {
  const run = runKernel(`
    import { work_struct, INIT_WORK, schedule_delayed_work, schedule_delayed_work_on, cancel_delayed_work, cancel_rearming_delayed_work, flush_scheduled_work } from "linux/workqueue";
    import { jiffies } from "linux/jiffies"; import { msleep } from "linux/delay"; import { smp_processor_id } from "linux/smp";
    const w = new work_struct(); const at: number[] = []; const o = new work_struct(); const s = { cpu: -1, n: 0 };
    function main() {
      const start = jiffies; INIT_WORK(w, () => at.push(jiffies - start), null);
      log([schedule_delayed_work(w, 5), schedule_delayed_work(w, 5)]); flush_scheduled_work(); log(at.length); msleep(40); log(at.length === 1 && at[0] >= 5 && at[0] <= 7);
      schedule_delayed_work(w, 50); log([cancel_delayed_work(w), cancel_delayed_work(w), w.pending]);
      INIT_WORK(o, () => { s.cpu = smp_processor_id(); }, null); schedule_delayed_work_on(1, o, 2); msleep(20); log(s.cpu);
      INIT_WORK(w, () => { s.n++; schedule_delayed_work(w, 1); }, null); schedule_delayed_work(w, 1); msleep(30); cancel_rearming_delayed_work(w); const n = s.n; msleep(30); log([n > 2, s.n === n]);
      cancel_rearming_delayed_work(w); log("again");
    }`);
  expect(run.log).toEqual([[1, 0], 0, true, [1, 0, false], 1, [true, true], "again"]);
});

test("work queues of one's own; a single thread; flushing waits for what is queued", () => {
  const run = runKernel(
    `
    import { create_workqueue, create_singlethread_workqueue, destroy_workqueue, queue_work, queue_delayed_work, flush_workqueue, cancel_rearming_delayed_workqueue, DECLARE_WORK, workqueue_struct } from "linux/workqueue";
    import { current } from "linux/sched"; import { msleep } from "linux/delay";
    const who: string[] = [];
    function main() {
      const many = create_workqueue("mine") as workqueue_struct; const one = create_singlethread_workqueue("one") as workqueue_struct;
      const a = DECLARE_WORK(() => { msleep(8); who.push(current.comm); }, null); const b = DECLARE_WORK(() => { who.push(current.comm); }, null);
      log([queue_work(many, a), queue_work(one, b), queue_work(one, b)]); flush_workqueue(many); flush_workqueue(one); log(who.sort());
      const d = DECLARE_WORK(() => { who.push("delayed"); }, null); queue_delayed_work(one, d, 2); msleep(30); log(who.length);
      const r = DECLARE_WORK(() => { queue_delayed_work(one, r, 1); }, null); queue_work(one, r); msleep(20); cancel_rearming_delayed_workqueue(one, r); log(r.pending);
      destroy_workqueue(many); destroy_workqueue(one); log("gone");
    }`,
    { fixed: true },
  );
  expect(run.log).toEqual([[1, 1, 0], ["mine/0", "one"], 3, false, "gone"]);
});

test("a cancelled work item is told to be no longer queued", () => {
  const run = runKernel(`
    import { DECLARE_WORK, schedule_delayed_work, cancel_delayed_work } from "linux/workqueue";
    function main() { const w = DECLARE_WORK(() => {}, null); schedule_delayed_work(w, 50); cancel_delayed_work(w); cancel_delayed_work(w); }`);
  expect(run.of("work-queued")).toHaveLength(1);
  const cancelled = run.of("work-cancelled").filter((e) => e.found);
  expect(cancelled.map((e) => e.work)).toEqual([run.of("work-queued")[0]!.work]);
});
