import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

describe("softirqs", () => {
  test("run when bottom halves come on again, in order of their numbers, as contexts of their own", () => {
    const run = runKernel(
      `
      import { open_softirq, raise_softirq, raise_softirq_irqoff, __raise_softirq_irqoff, local_bh_disable, local_bh_enable, softirq_action, HI_SOFTIRQ, TIMER_SOFTIRQ, NET_TX_SOFTIRQ, NET_RX_SOFTIRQ, SCSI_SOFTIRQ, TASKLET_SOFTIRQ, in_softirq, in_irq, in_interrupt } from "linux/interrupt";
      import { local_irq_save, local_irq_restore } from "asm/system";
      function main() {
        open_softirq(SCSI_SOFTIRQ, (h: softirq_action) => log(["scsi", in_softirq(), h.data]), "x");
        open_softirq(HI_SOFTIRQ, () => log(["hi", in_irq(), in_interrupt() !== 0]), null);
        local_bh_disable(); raise_softirq(SCSI_SOFTIRQ); const f = local_irq_save(); raise_softirq_irqoff(HI_SOFTIRQ); __raise_softirq_irqoff(HI_SOFTIRQ); local_irq_restore(f);
        log("still off"); local_bh_enable(); log("done");
        log([HI_SOFTIRQ, TIMER_SOFTIRQ, NET_TX_SOFTIRQ, NET_RX_SOFTIRQ, SCSI_SOFTIRQ, TASKLET_SOFTIRQ]);
      }`,
      { fixed: true, cpus: 1 },
    );
    expect(run.log).toEqual(["still off", ["hi", 0, true], ["scsi", 0x100, "x"], "done", [0, 1, 2, 3, 4, 5]]);
    expect(run.of("context-entered").map((e) => e.entered.name)).toEqual(
      expect.arrayContaining(["HI", "SCSI"]),
    );
  });

  test("ten rounds, then ksoftirqd goes on", () => {
    const run = runKernel(
      `
      import { open_softirq, raise_softirq, SCSI_SOFTIRQ, local_bh_disable, local_bh_enable } from "linux/interrupt";
      import { current } from "linux/sched"; import { msleep } from "linux/delay";
      const who: string[] = [];
      function main() {
        open_softirq(SCSI_SOFTIRQ, () => { who.push(current.comm); if (who.length < 25) raise_softirq(SCSI_SOFTIRQ); }, null);
        local_bh_disable(); raise_softirq(SCSI_SOFTIRQ); local_bh_enable();
        log(who.filter((w) => w === "init").length); msleep(20); log(who.length); log(who.includes("ksoftirqd/0"));
      }`,
      { fixed: true, cpus: 1 },
    );
    expect(run.log).toEqual([10, 25, true]);
  });

  test("raised in plain process context without ksoftirqd, it waits for the next tick", () => {
    const run = runKernel(
      `
      import { open_softirq, __raise_softirq_irqoff, SCSI_SOFTIRQ } from "linux/interrupt"; import { jiffies } from "linux/jiffies";
      import { local_irq_disable, local_irq_enable } from "asm/system"; import { cpu_relax } from "asm/processor"; import { msleep } from "linux/delay";
      const s = { at: -1 };
      function main() {
        open_softirq(SCSI_SOFTIRQ, () => { s.at = jiffies; }, null);
        msleep(20); /* ksoftirqd has gone to sleep */ const from = jiffies; local_irq_disable(); __raise_softirq_irqoff(SCSI_SOFTIRQ); local_irq_enable(); log(s.at);
        while (s.at < 0) cpu_relax(); log(s.at - from);
      }`,
      { cpus: 1 },
    );
    expect(run.log).toEqual([-1, 1]);
  });

  test("local_bh_enable with interrupts off is told", () => {
    const run = runKernel(`
      import { local_bh_disable, local_bh_enable } from "linux/interrupt"; import { local_irq_disable, local_irq_enable } from "asm/system";
      function main() { local_bh_disable(); local_irq_disable(); local_bh_enable(); local_irq_enable(); local_bh_enable(); }`);
    expect(run.of("warn")).toHaveLength(1);
    expect(run.of("context-restricted").map((e) => [e.fn, e.irqsDisabled])).toEqual([
      ["local_bh_enable", true],
    ]);
    expect(run.of("api-misused").map((e) => e.rule)).toEqual(["ctx-bh-imbalance"]);
  });
});

describe("tasklets", () => {
  test("run once a schedule, high ones first; disable, enable, kill", () => {
    const run = runKernel(
      `
      import { tasklet_struct, tasklet_init, DECLARE_TASKLET, DECLARE_TASKLET_DISABLED, tasklet_schedule, tasklet_hi_schedule, tasklet_disable, tasklet_disable_nosync, tasklet_enable, tasklet_kill, tasklet_unlock_wait, local_bh_disable, local_bh_enable, in_softirq } from "linux/interrupt";
      import { msleep } from "linux/delay";
      const ran: string[] = []; const t = new tasklet_struct(); const body = (n: string) => { ran.push(n + (in_softirq() ? "" : "!")); };
      const u = DECLARE_TASKLET(body, "u"); const d = DECLARE_TASKLET_DISABLED(body, "d");
      function main() {
        tasklet_init(t, body, "t");
        local_bh_disable(); tasklet_schedule(t); tasklet_schedule(t); tasklet_hi_schedule(u); local_bh_enable(); log([...ran]);
        tasklet_disable(t); tasklet_disable_nosync(t); tasklet_schedule(t); tasklet_schedule(d); msleep(8); log(ran.length);
        tasklet_enable(t); tasklet_enable(t); tasklet_enable(d); msleep(12); log([...ran].slice(2).sort());
        tasklet_schedule(t); tasklet_kill(t); tasklet_unlock_wait(t); log([t.scheduled, t.running, ran.length]);
      }`,
      { cpus: 1 },
    );
    expect(run.log).toEqual([["u", "t"], 2, ["d", "t"], [false, false, 5]]);
    expect(run.of("tasklet-killed")).toHaveLength(1);
  });

  test("one tasklet never runs on two CPUs at once", () => {
    for (let seed = 1; seed <= 4; seed++) {
      const run = runKernel(
        `
        import { DECLARE_TASKLET, tasklet_schedule } from "linux/interrupt"; import { kthread_run, kthread_stop } from "linux/kthread"; import { udelay, msleep } from "linux/delay"; import type { task_struct } from "linux/sched";
        const s = { in: 0, most: 0, runs: 0 };
        const t = DECLARE_TASKLET(() => { s.in++; if (s.in > s.most) s.most = s.in; udelay(20); s.in--; s.runs++; }, null);
        function storm() { for (let i = 0; i < 20; i++) { tasklet_schedule(t); udelay(7); } return 0; }
        function main() { const a = kthread_run(storm, null, "a"); const b = kthread_run(storm, null, "b"); msleep(40); log(s.most); log(s.runs > 3); }`,
        { seed },
      );
      expect(run.log).toEqual([1, true]);
    }
  });

  test("killing from interrupt is told", () => {
    const run = runKernel(`
      import { DECLARE_TASKLET, tasklet_kill, local_bh_disable, local_bh_enable } from "linux/interrupt";
      const t = DECLARE_TASKLET(() => {}, null);
      function main() { local_bh_disable(); tasklet_kill(t); local_bh_enable(); }`);
    expect(run.dmesg).toContain("Attempt to kill tasklet from interrupt");
    expect(run.of("context-restricted").map((e) => e.fn)).toContain("tasklet_kill");
    expect(run.of("might-sleep").some((e) => e.fn === "tasklet_kill" && e.atomic)).toBe(true);
  });
});

describe("timers", () => {
  test("fire at their jiffy, in softirq context, on the CPU that armed them, those of one jiffy in order", () => {
    const run = runKernel(`
      import { timer_list, init_timer, setup_timer, add_timer, mod_timer, del_timer, timer_pending, add_timer_on, TIMER_INITIALIZER, jiffies } from "linux/timer";
      import { in_softirq } from "linux/hardirq"; import { smp_processor_id } from "linux/smp"; import { msleep } from "linux/delay";
      const fired: unknown[] = []; const a = new timer_list(), b = new timer_list(), c = new timer_list(), e = new timer_list();
      function main() {
        const start = jiffies; const f = (n: string) => fired.push([n, jiffies - start, in_softirq() !== 0, smp_processor_id()]);
        init_timer(a); a.function = f; a.data = "a"; a.expires = start + 5; add_timer(a);
        setup_timer(b, f, "b"); log(mod_timer(b, start + 5)); setup_timer(c, f, "c"); mod_timer(c, start + 3); log([timer_pending(c), mod_timer(c, start + 7), mod_timer(c, start + 7)]);
        setup_timer(e, f, "e"); log(del_timer(e)); mod_timer(e, start + 2); log([del_timer(e), del_timer(e), timer_pending(e)]);
        const o = TIMER_INITIALIZER(f, start + 6, "on 1"); add_timer_on(o, 1);
        const past = TIMER_INITIALIZER(f, start - 3, "past"); add_timer(past);
        msleep(60); log(fired);
      }`);
    expect(run.log).toEqual([
      0,
      [1, 1, 1],
      0,
      [1, 0, 0],
      [
        ["past", 1, true, 0],
        ["a", 5, true, 0],
        ["b", 5, true, 0],
        ["on 1", 6, true, 1],
        ["c", 7, true, 0],
      ],
    ]);
  });

  test("del_timer_sync waits for the function on the other CPU; del_timer does not", () => {
    const run = runKernel(`
      import { timer_list, setup_timer, mod_timer, del_timer, del_timer_sync, try_to_del_timer_sync, del_singleshot_timer_sync, jiffies } from "linux/timer";
      import { udelay } from "linux/delay"; import { kthread_run, kthread_create, kthread_bind } from "linux/kthread"; import { wake_up_process, task_struct } from "linux/sched"; import { cpu_relax } from "asm/processor";
      const t = new timer_list(); const s = { in: 0, out: 0 };
      function body() { s.in++; udelay(300); s.out++; }
      function arm() { mod_timer(t, jiffies + 1); return 0; }
      function on1() { const k = kthread_create(arm, null, "arm") as task_struct; kthread_bind(k, 1); wake_up_process(k); }
      function main() {
        setup_timer(t, body, null);
        on1(); while (s.in < 1) cpu_relax(); log([del_timer(t), try_to_del_timer_sync(t), s.out]); log([del_timer_sync(t), s.out]);
        on1(); while (s.in < 2) cpu_relax(); log([del_singleshot_timer_sync(t), s.out, try_to_del_timer_sync(t)]);
      }`);
    expect(run.log).toEqual([
      [0, -1, 0],
      [0, 1],
      [0, 2, 0],
    ]);
  });

  test("misuse is told: no function, added twice, initialised while pending, leaked preempt count", () => {
    const run = runKernel(`
      import { timer_list, init_timer, setup_timer, add_timer, mod_timer, jiffies } from "linux/timer"; import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const a = new timer_list(), b = new timer_list(), c = new timer_list();
      function main() {
        kthread_run(() => { init_timer(a); mod_timer(a, jiffies + 1); return 0; }, null, "k1");
        kthread_run(() => { setup_timer(b, () => {}, 0); b.expires = jiffies + 100; add_timer(b); add_timer(b); return 0; }, null, "k2");
        kthread_run(() => { setup_timer(c, () => {}, 0); mod_timer(c, jiffies + 100); init_timer(c); return 0; }, null, "k3");
        msleep(20); log("on");
      }`);
    expect(
      run
        .of("timer-misused")
        .map((e) => e.how)
        .sort(),
    ).toEqual(["add-pending", "no-function", "reinit-pending"]);
    expect(run.of("bug")).toHaveLength(2);
    expect(run.log).toEqual(["on"]);
    const leak = runKernel(`
      import { timer_list, setup_timer, mod_timer, jiffies } from "linux/timer"; import { preempt_disable } from "linux/preempt"; import { msleep } from "linux/delay";
      const t = new timer_list();
      function main() { setup_timer(t, () => { preempt_disable(); }, 0); mod_timer(t, jiffies + 1); msleep(50); }`);
    expect(leak.dmesg.some((l) => l.startsWith("huh, entered "))).toBe(true);
    expect(leak.end).toEqual({ kind: "ended", reason: "oops" });
  });
});

test("jiffies: comparison, conversion, wrapping, and the phase as a decision", () => {
  const run = runKernel(`
    import { jiffies, HZ, get_jiffies_64, time_after, time_before, time_after_eq, time_before_eq, msecs_to_jiffies, jiffies_to_msecs, usecs_to_jiffies, jiffies_to_usecs, MAX_JIFFY_OFFSET } from "linux/jiffies";
    import { HZ as hz } from "asm/param"; import { do_gettimeofday, timeval, timespec, get_seconds } from "linux/time"; import { msleep } from "linux/delay";
    function main() {
      log([time_after(5, 3), time_after(3, 5), time_after(3, 3), time_before(3, 5), time_after_eq(3, 3), time_before_eq(3, 3), time_before_eq(4, 3)]);
      log([time_after(2, 0xfffffff0), time_before(0xfffffff0, 2), time_after(jiffies + MAX_JIFFY_OFFSET, jiffies)]);
      log([HZ, hz, msecs_to_jiffies(10), msecs_to_jiffies(4), jiffies_to_msecs(5), usecs_to_jiffies(4001), jiffies_to_usecs(2)]);
      log(typeof get_jiffies_64()); msleep(1500); const tv = new timeval(); do_gettimeofday(tv); log([tv.tv_sec, get_seconds(), tv.tv_usec > 400000, new timespec().tv_nsec]);
    }`);
  expect(run.log).toEqual([
    [true, false, false, true, true, true, false],
    [true, true, true],
    [250, 250, 3, 1, 20, 2, 8000],
    "bigint",
    [1, 1, true, 0],
  ]);
  expect(run.machine.decisions.some((d) => d[1] === "choose" && d[2] === "timer phase")).toBe(true);
});
