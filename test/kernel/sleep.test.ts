import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

describe("semaphores and mutexes", () => {
  test("one task at a time; trylock, interruptible, count", () => {
    const run = runKernel(`
      import { semaphore, init_MUTEX, init_MUTEX_LOCKED, DECLARE_MUTEX, DECLARE_MUTEX_LOCKED, sema_init, down, down_trylock, down_interruptible, up } from "linux/semaphore";
      import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const s = new semaphore(); const two = new semaphore(); const locked = DECLARE_MUTEX_LOCKED(); const order: string[] = [];
      function other() { down(s); order.push("other"); up(s); return 0; }
      function main() {
        init_MUTEX(s); sema_init(two, 2);
        down(s); log([down_trylock(s), down_trylock(DECLARE_MUTEX())]);
        kthread_run(other, null, "other"); msleep(8); order.push("main"); up(s); msleep(8); log(order);
        log([down_trylock(two), down_trylock(two), down_trylock(two)]);
        log(down_interruptible(s)); up(s);
        log(down_trylock(locked)); up(locked); log(down_trylock(locked));
        init_MUTEX_LOCKED(s); log(down_trylock(s));
      }`);
    expect(run.log).toEqual([[1, 0], ["main", "other"], [0, 0, 1], 0, 1, 0, 1]);
    expect(run.of("lock-contended").filter((e) => e.kind === "semaphore")).toHaveLength(1);
  });

  test("a signal ends down_interruptible, mutex_lock_interruptible and wait_event_interruptible", () => {
    const run = runKernel(`
      import { DECLARE_MUTEX_LOCKED, down_interruptible } from "linux/semaphore";
      import { DEFINE_MUTEX, mutex_lock, mutex_lock_interruptible } from "linux/mutex";
      import { DECLARE_WAIT_QUEUE_HEAD, wait_event_interruptible, wait_event_interruptible_timeout } from "linux/wait";
      import { DECLARE_COMPLETION, wait_for_completion_interruptible, wait_for_completion_interruptible_timeout } from "linux/completion";
      import { kthread_run, kthread_stop } from "linux/kthread"; import { send_sig, flush_signals, current, signal_pending, allow_signal, task_struct } from "linux/sched";
      import { msleep, msleep_interruptible } from "linux/delay";
      const q = DECLARE_WAIT_QUEUE_HEAD(); const m = DEFINE_MUTEX(); const s = DECLARE_MUTEX_LOCKED(); const c = DECLARE_COMPLETION();
      const waits = [() => down_interruptible(s), () => mutex_lock_interruptible(m), () => wait_event_interruptible(q, () => false),
        () => wait_event_interruptible_timeout(q, () => false, 1000), () => wait_for_completion_interruptible(c),
        () => wait_for_completion_interruptible_timeout(c, 1000), () => msleep_interruptible(60000) > 0];
      function body() { allow_signal(9); for (const w of waits) { log(w()); log(signal_pending(current)); flush_signals(current); } return 0; }
      function main() {
        mutex_lock(m);
        const t = kthread_run(body, null, "sleeper") as task_struct;
        for (let i = 0; i < waits.length; i++) { msleep(12); send_sig(9, t, 0); }
        log(kthread_stop(t));
      }`);
    const results = run.log.slice(0, -1).filter((_, i) => i % 2 === 0);
    expect(results).toEqual([-4, -4, -512, -512, -512, -512, true]);
    expect(run.log.slice(0, -1).filter((_, i) => i % 2 === 1)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(run.log.at(-1)).toBe(0);
  });

  test("mutexes know their owner", () => {
    const run = runKernel(`
      import { mutex, mutex_init, mutex_lock, mutex_unlock, mutex_trylock, mutex_is_locked, mutex_destroy, DEFINE_MUTEX, mutex_lock_interruptible } from "linux/mutex";
      import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const m = new mutex(); const n = DEFINE_MUTEX(); const order: number[] = [];
      function main() {
        mutex_init(m); mutex_lock(m); log([mutex_is_locked(m), mutex_trylock(m), mutex_trylock(n)]);
        for (const i of [1, 2, 3]) { kthread_run((k: number) => { mutex_lock(m); order.push(k); mutex_unlock(m); return 0; }, i, "t%d", i); msleep(8); }
        order.push(0); mutex_unlock(m); msleep(20); log(order); log(mutex_lock_interruptible(m)); mutex_unlock(m);
        mutex_destroy(m); mutex_lock(m);
      }`);
    expect(run.log).toEqual([[1, 0, 1], [0, 1, 2, 3], 0]);
    expect(run.of("lock-uninitialised")).toHaveLength(1);
  });
});

describe("waiting", () => {
  test("wait_event returns when the condition holds, not before; wake-ups by kind", () => {
    const run = runKernel(`
      import { wait_queue_head_t, init_waitqueue_head, wait_event, wake_up, wake_up_all, wake_up_nr, wake_up_interruptible, wake_up_interruptible_all, wake_up_interruptible_nr, wake_up_interruptible_sync, waitqueue_active, wait_event_interruptible } from "linux/wait";
      import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const q = new wait_queue_head_t(); const s = { ready: 0, n: 0 };
      const wakes = [wake_up, wake_up_all, (x: wait_queue_head_t) => wake_up_nr(x, 1)];
      const iwakes = [wake_up_interruptible, wake_up_interruptible_all, (x: wait_queue_head_t) => wake_up_interruptible_nr(x, 1), wake_up_interruptible_sync];
      function main() {
        init_waitqueue_head(q);
        for (const wake of wakes) {
          s.ready = 0; kthread_run(() => { wait_event(q, () => s.ready); s.n++; return 0; }, null, "w"); msleep(8);
          log(waitqueue_active(q)); wake(q); msleep(8); const early = s.n; wake_up_interruptible(q); s.ready = 1; wake(q); msleep(8); log([early, s.n]);
        }
        for (const wake of iwakes) {
          s.ready = 0; kthread_run(() => { wait_event_interruptible(q, () => s.ready); s.n++; return 0; }, null, "w"); msleep(8);
          s.ready = 1; wake(q); msleep(8); log(s.n);
        }
        log(waitqueue_active(q));
      }`);
    expect(run.log).toEqual([1, [0, 1], 1, [1, 2], 1, [2, 3], 4, 5, 6, 7, 0]);
  });

  test("exclusive waiters are woken one by one, others all at once", () => {
    const run = runKernel(`
      import { DECLARE_WAIT_QUEUE_HEAD, DEFINE_WAIT, DECLARE_WAITQUEUE, wait_queue_t, init_waitqueue_entry, prepare_to_wait, prepare_to_wait_exclusive, finish_wait, add_wait_queue, add_wait_queue_exclusive, remove_wait_queue, wake_up, default_wake_function, autoremove_wake_function } from "linux/wait";
      import { schedule, current, set_current_state, __set_current_state, TASK_UNINTERRUPTIBLE, TASK_RUNNING, TASK_INTERRUPTIBLE, set_task_state } from "linux/sched";
      import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const q = DECLARE_WAIT_QUEUE_HEAD(); const woken: string[] = [];
      function exclusive(name: string) { const w = DEFINE_WAIT(); prepare_to_wait_exclusive(q, w, TASK_UNINTERRUPTIBLE); schedule(); finish_wait(q, w); woken.push(name); return 0; }
      function plain(name: string) { const w = DEFINE_WAIT(); prepare_to_wait(q, w, TASK_UNINTERRUPTIBLE); schedule(); finish_wait(q, w); woken.push(name); return 0; }
      function old(name: string) { const w = DECLARE_WAITQUEUE(current); add_wait_queue(q, w); set_current_state(TASK_UNINTERRUPTIBLE); schedule(); remove_wait_queue(q, w); woken.push(name); return 0; }
      function oldex(name: string) { const w = new wait_queue_t(); init_waitqueue_entry(w, current); add_wait_queue_exclusive(q, w); set_task_state(current, TASK_INTERRUPTIBLE); schedule(); remove_wait_queue(q, w); woken.push(name); return 0; }
      function main() {
        for (const [f, n] of [[exclusive, "e1"], [oldex, "e2"], [plain, "p"], [old, "o"]] as const) { kthread_run(f, n, n); msleep(8); }
        wake_up(q); msleep(8); log([...woken].sort()); wake_up(q); msleep(8); log(woken.length);
        const w = DEFINE_WAIT(); log([w.func === autoremove_wake_function, default_wake_function(w, TASK_INTERRUPTIBLE, 0, null)]);
        __set_current_state(TASK_RUNNING);
      }`);
    expect(run.log).toEqual([["e1", "o", "p"], 4, [true, 0]]);
  });

  test("timeouts", () => {
    const run = runKernel(`
      import { DECLARE_WAIT_QUEUE_HEAD, wait_event_timeout, sleep_on, sleep_on_timeout, interruptible_sleep_on, wake_up } from "linux/wait";
      import { DECLARE_COMPLETION, wait_for_completion_timeout, complete } from "linux/completion";
      import { schedule_timeout, schedule_timeout_interruptible, schedule_timeout_uninterruptible, set_current_state, TASK_INTERRUPTIBLE, wake_up_process, current, task_struct, MAX_SCHEDULE_TIMEOUT } from "linux/sched";
      import { ssleep, msleep } from "linux/delay"; import { jiffies, HZ } from "linux/jiffies"; import { kthread_run } from "linux/kthread";
      const q = DECLARE_WAIT_QUEUE_HEAD(); const c = DECLARE_COMPLETION(); const s = { n: 0 };
      function took(f: () => unknown) { const t = jiffies; const r = f(); return [r, jiffies - t]; }
      function main() {
        log(took(() => wait_event_timeout(q, () => false, 10))); log(took(() => wait_event_timeout(q, () => true, 10)));
        log(took(() => wait_for_completion_timeout(c, 10))); complete(c); log(took(() => wait_for_completion_timeout(c, 10)));
        log(took(() => schedule_timeout_interruptible(5))); log(took(() => schedule_timeout_uninterruptible(5)));
        log(took(() => { set_current_state(TASK_INTERRUPTIBLE); return schedule_timeout(5); })); log(took(() => schedule_timeout(5)));
        log(took(() => { ssleep(1); return HZ; })[1] >= 250);
        log(took(() => sleep_on_timeout(q, 3)));
        const t = kthread_run(() => { schedule_timeout_uninterruptible(MAX_SCHEDULE_TIMEOUT); sleep_on(q); interruptible_sleep_on(q); s.n = 1; return 0; }, null, "t") as task_struct;
        msleep(8); wake_up_process(t); msleep(8); wake_up(q); msleep(8); log(s.n); wake_up(q); msleep(8); log(s.n);
      }`);
    expect(run.log).toEqual([
      [0, 10],
      [10, 0],
      [0, 10],
      [10, 0],
      [0, 5],
      [0, 5],
      [0, 5],
      [5, 0],
      true,
      [0, 3],
      0,
      1,
    ]);
  });

  test("completions: one for each complete, all for complete_all", () => {
    const run = runKernel(`
      import { completion, init_completion, INIT_COMPLETION, DECLARE_COMPLETION, complete, complete_all, wait_for_completion, wait_for_completion_interruptible } from "linux/completion";
      import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const c = new completion(); const s = { n: 0 };
      function main() {
        init_completion(c);
        for (let i = 0; i < 3; i++) kthread_run(() => { wait_for_completion(c); s.n++; return 0; }, null, "w%d", i);
        msleep(8); complete(c); msleep(8); log(s.n); complete_all(c); msleep(8); log(s.n); wait_for_completion(c); log("still done");
        INIT_COMPLETION(c); complete(c); log(wait_for_completion_interruptible(c)); log(DECLARE_COMPLETION().done);
      }`);
    expect(run.log).toEqual([1, 3, "still done", 0, 0]);
  });

  test("sleeping in atomic context is told, with what makes it atomic", () => {
    const run = runKernel(`
      import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock"; import { msleep } from "linux/delay";
      import { local_irq_disable, local_irq_enable } from "asm/system"; import { might_sleep, might_sleep_if } from "linux/kernel";
      const l = DEFINE_SPINLOCK();
      function main() { might_sleep_if(0); spin_lock(l); might_sleep(); might_sleep_if(1); spin_unlock(l); local_irq_disable(); might_sleep(); local_irq_enable(); spin_lock(l); msleep(1); spin_unlock(l); log("on"); }`);
    const told = run
      .of("might-sleep")
      .filter((e) => e.task.name === "init")
      .map((e) => [e.fn, e.atomic, e.irqsDisabled]);
    expect(told.slice(-4)).toEqual([
      ["might_sleep", true, false],
      ["might_sleep_if", true, false],
      ["might_sleep", false, true],
      ["msleep", true, false],
    ]);
    expect(
      run.dmesg.filter((l) => l.startsWith("BUG: scheduling while atomic: init/0x00000001/")),
    ).not.toHaveLength(0);
    expect(run.log).toEqual(["on"]);
  });
});

describe("tasks", () => {
  test("kernel threads: run, stop, result, names, binding", () => {
    const run = runKernel(`
      import { kthread_run, kthread_create, kthread_bind, kthread_stop, kthread_should_stop, IS_ERR, PTR_ERR, ERR_PTR } from "linux/kthread";
      import { current, wake_up_process, task_struct, cond_resched, _yield, need_resched, set_user_nice, TASK_RUNNING, schedule, kernel_thread, daemonize } from "linux/sched";
      import { msleep } from "linux/delay"; import { smp_processor_id } from "linux/smp";
      const s = { spins: 0, ran: 0 };
      function main() {
        const t = kthread_run((x: number) => { log([current.comm, x]); while (!kthread_should_stop()) { s.spins++; msleep(4); } return 11; }, 5, "loop/%d", 3) as task_struct;
        msleep(20); log(kthread_stop(t)); log(s.spins > 2);
        const c = kthread_create(() => { s.ran = 1 + smp_processor_id(); return 0; }, null, "later") as task_struct;
        msleep(8); log(s.ran); kthread_bind(c, 1); set_user_nice(c, 5); wake_up_process(c);
        const n = kthread_create(() => { s.ran = 99; return 3; }, null, "never") as task_struct; log([kthread_stop(n)]); 
        msleep(8); log(s.ran);
        log([IS_ERR(t), IS_ERR(ERR_PTR(-12)), PTR_ERR(ERR_PTR(-12)), PTR_ERR(t)]);
        log(kernel_thread((a: string) => { daemonize("old_%s", a); log(current.comm); return 0; }, "style", 0) > 0); msleep(8);
        log([need_resched(), cond_resched()]); _yield(); schedule(); log([current.comm, current.state === TASK_RUNNING]);
      }`);
    expect(run.log).toEqual([
      ["loop/3", 5],
      11,
      true,
      0,
      [-4],
      2,
      [false, true, -12, 0],
      true,
      "old_style",
      [0, 1],
      ["init", true],
    ]);
  });
});
