import { describe, expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

const ended = { kind: "ended", reason: "finished" };

describe("spinlocks", () => {
  test("exclude two CPUs from a read-modify-write, and without them updates get lost", () => {
    const program = (locked: boolean): string => `
      import { DEFINE_SPINLOCK, spin_lock, spin_unlock } from "linux/spinlock";
      import { kthread_run, kthread_stop } from "linux/kthread";
      import { DECLARE_COMPLETION, complete, wait_for_completion } from "linux/completion";
      const lock = DEFINE_SPINLOCK(); const shared = { n: 0 }; const done = [DECLARE_COMPLETION(), DECLARE_COMPLETION()];
      function work(i: number) {
        for (let k = 0; k < 200; k++) { ${locked ? "spin_lock(lock);" : ""} shared.n = shared.n + 1; ${locked ? "spin_unlock(lock);" : ""} }
        complete(done[i]); return 0;
      }
      function main() {
        kthread_run(work, 0, "w0"); kthread_run(work, 1, "w1");
        wait_for_completion(done[0]); wait_for_completion(done[1]);
        log(shared.n);
      }`;
    expect(runKernel(program(true)).log).toEqual([400]);
    expect(runKernel(program(false)).log[0]).toBeLessThan(400);
  });

  test("each variant counts preemption, bottom halves and interrupts as it must", () => {
    const run = runKernel(`
      import { spinlock_t, spin_lock_init, spin_lock, spin_unlock, spin_lock_bh, spin_unlock_bh, spin_lock_irq, spin_unlock_irq,
        spin_lock_irqsave, spin_unlock_irqrestore, spin_trylock, spin_trylock_bh, spin_trylock_irq, spin_trylock_irqsave,
        spin_is_locked, spin_can_lock, spin_unlock_wait, SPIN_LOCK_UNLOCKED, preempt_count, irqs_disabled, in_atomic, in_softirq } from "linux/spinlock";
      const a = new spinlock_t(); const b = SPIN_LOCK_UNLOCKED();
      function state(what: string) { log([what, preempt_count(), irqs_disabled(), spin_is_locked(a)]); }
      function main() {
        spin_lock_init(a);
        state("start");
        spin_lock(a); state("spin_lock"); spin_unlock(a); state("spin_unlock");
        spin_lock_bh(a); state("spin_lock_bh"); log(in_softirq() !== 0); spin_unlock_bh(a); state("spin_unlock_bh");
        spin_lock_irq(a); state("spin_lock_irq"); spin_unlock_irq(a); state("spin_unlock_irq");
        const outer = spin_lock_irqsave(b);
        const flags = spin_lock_irqsave(a); state("irqsave"); spin_unlock_irqrestore(a, flags); state("irqrestore, still off");
        spin_unlock_irqrestore(b, outer); state("irqrestore, on");
        spin_lock(a); log([spin_trylock(a), spin_trylock_bh(a), spin_trylock_irq(a), spin_trylock_irqsave(a), spin_can_lock(a)]); state("trylocks failed");
        spin_unlock(a);
        log([spin_trylock(a), in_atomic()]); spin_unlock(a);
        log([spin_trylock_bh(a), preempt_count()]); spin_unlock_bh(a);
        log([spin_trylock_irq(a), irqs_disabled()]); spin_unlock_irq(a);
        const f = spin_trylock_irqsave(a); log([f !== null, irqs_disabled()]); if (f) spin_unlock_irqrestore(a, f);
        spin_unlock_wait(a); log(spin_can_lock(a)); state("end");
      }`);
    expect(run.log).toEqual([
      ["start", 0, false, 0],
      ["spin_lock", 1, false, 1],
      ["spin_unlock", 0, false, 0],
      ["spin_lock_bh", 0x101, false, 1],
      true,
      ["spin_unlock_bh", 0, false, 0],
      ["spin_lock_irq", 1, true, 1],
      ["spin_unlock_irq", 0, false, 0],
      ["irqsave", 2, true, 1],
      ["irqrestore, still off", 1, true, 0],
      ["irqrestore, on", 0, false, 0],
      [0, 0, 0, null, 0],
      ["trylocks failed", 1, false, 1],
      [1, true],
      [1, 0x101],
      [1, true],
      [true, true],
      1,
      ["end", 0, false, 0],
    ]);
    expect(run.end).toEqual(ended);
  });

  test("spin_unlock_wait waits for the holder on another CPU", () => {
    const run = runKernel(`
      import { DEFINE_SPINLOCK, spin_lock, spin_unlock, spin_unlock_wait, spin_is_locked } from "linux/spinlock";
      import { kthread_run } from "linux/kthread"; import { udelay } from "linux/delay"; import { cpu_relax } from "asm/processor";
      const lock = DEFINE_SPINLOCK(); const s = { released: 0 };
      function holder() { spin_lock(lock); udelay(100); s.released = 1; spin_unlock(lock); return 0; }
      function main() { kthread_run(holder, null, "holder"); while (!spin_is_locked(lock)) cpu_relax(); spin_unlock_wait(lock); log(s.released); }`);
    expect(run.log).toEqual([1]);
  });

  test("recursion is a deadlock, told as such", () => {
    const run = runKernel(`
      import { DEFINE_SPINLOCK, spin_lock } from "linux/spinlock";
      const lock = DEFINE_SPINLOCK();
      function main() { spin_lock(lock); spin_lock(lock); }`);
    expect(run.end).toEqual({ kind: "ended", reason: "deadlock" });
    expect(run.of("deadlock")[0]!.message).toContain("spins on lock");
  });

  test("tells of unlocking what is not held, of another's lock, and of locks that were never initialised", () => {
    const run = runKernel(`
      import { DEFINE_SPINLOCK, spinlock_t, spin_lock, spin_unlock } from "linux/spinlock";
      import { kthread_run, kthread_stop, IS_ERR } from "linux/kthread"; import { msleep } from "linux/delay";
      const lock = DEFINE_SPINLOCK(); const raw = new spinlock_t();
      function main() {
        spin_unlock(lock);
        spin_lock(raw); spin_unlock(raw);
        spin_lock(lock); const t = kthread_run(() => { spin_unlock(lock); return 7; }, null, "thief"); msleep(8); spin_unlock(lock);
        if (!IS_ERR(t)) log(kthread_stop(t) >= 0);
      }`);
    const releases = run.of("lock-release").filter((e) => ["lock", "raw"].includes(e.lock.lockName));
    expect(releases[0]).toMatchObject({ wasHeld: false, heldByMe: false });
    expect(run.of("lock-uninitialised")).toHaveLength(2);
    expect(releases.some((e) => e.context.task.name === "thief" && !e.heldByMe)).toBe(true);
  });

  test("a wrong argument gives one clear message and an oops, never a TypeError", () => {
    const run = runKernel(`
      import { DEFINE_SPINLOCK, spin_lock, spin_unlock_irqrestore } from "linux/spinlock";
      import { kthread_run } from "linux/kthread"; import { msleep } from "linux/delay";
      const p: { lock?: never } = {};
      function main() {
        kthread_run(() => { spin_lock(p.lock as never); return 0; }, null, "a");
        kthread_run(() => { spin_lock(42 as never); return 0; }, null, "b");
        kthread_run(() => { spin_unlock_irqrestore(DEFINE_SPINLOCK(), undefined as never); return 0; }, null, "c");
        msleep(20); log("alive");
      }`);
    expect(
      run
        .of("api-misused")
        .map((e) => e.message)
        .sort(),
    ).toEqual([
      "spin_lock(): lock must be a spinlock_t, but it is the number 42",
      "spin_lock(): lock must be a spinlock_t, but it is undefined",
      "spin_unlock_irqrestore(): flags must be a irq_flags, but it is undefined",
    ]);
    expect(
      run
        .of("oops")
        .map((e) => e.message.split(":")[0])
        .sort(),
    ).toEqual([
      "Unable to handle kernel NULL pointer dereference",
      "Unable to handle kernel NULL pointer dereference",
      "Unable to handle kernel paging request",
    ]);
    expect(run.log).toEqual(["alive"]);
  });
});

describe("reader-writer locks", () => {
  test("let readers in together and writers alone", () => {
    const run = runKernel(`
      import { DEFINE_RWLOCK, rwlock_t, rwlock_init, read_lock, read_unlock, write_lock, write_unlock, read_trylock, write_trylock } from "linux/spinlock";
      const l = new rwlock_t(); const m = DEFINE_RWLOCK();
      function main() {
        rwlock_init(l);
        read_lock(l); log([read_trylock(l), write_trylock(l)]); read_unlock(l); read_unlock(l);
        write_lock(l); log([read_trylock(l), write_trylock(l)]); write_unlock(l);
        log(write_trylock(m)); write_unlock(m);
      }`);
    expect(run.log).toEqual([[1, 0], [0, 0], 1]);
  });

  test("variants change bottom halves and interrupts as the spinlock's do", () => {
    const run = runKernel(`
      import { DEFINE_RWLOCK, read_lock_bh, read_unlock_bh, read_lock_irq, read_unlock_irq, read_lock_irqsave, read_unlock_irqrestore,
        write_lock_bh, write_unlock_bh, write_lock_irq, write_unlock_irq, write_lock_irqsave, write_unlock_irqrestore, preempt_count, irqs_disabled } from "linux/spinlock";
      const l = DEFINE_RWLOCK();
      const s = () => log([preempt_count(), irqs_disabled()]);
      function main() {
        read_lock_bh(l); s(); read_unlock_bh(l); write_lock_bh(l); s(); write_unlock_bh(l);
        read_lock_irq(l); s(); read_unlock_irq(l); write_lock_irq(l); s(); write_unlock_irq(l);
        const r = read_lock_irqsave(l); s(); read_unlock_irqrestore(l, r);
        const w = write_lock_irqsave(l); s(); write_unlock_irqrestore(l, w); s();
      }`);
    expect(run.log).toEqual([
      [0x101, false],
      [0x101, false],
      [1, true],
      [1, true],
      [1, true],
      [1, true],
      [0, false],
    ]);
  });

  test("a writer waits for the reader on the other CPU", () => {
    const run = runKernel(`
      import { DEFINE_RWLOCK, read_lock, read_unlock, write_lock, write_unlock } from "linux/rwlock";
      import { kthread_run } from "linux/kthread"; import { udelay } from "linux/delay"; import { cpu_relax } from "asm/processor";
      const l = DEFINE_RWLOCK(); const s = { reading: 0, done: 0 };
      function reader() { read_lock(l); s.reading = 1; udelay(50); s.done = 1; read_unlock(l); return 0; }
      function main() { kthread_run(reader, null, "r"); while (!s.reading) cpu_relax(); write_lock(l); log(s.done); write_unlock(l); }`);
    expect(run.log).toEqual([1]);
  });
});

test("interrupt flag, bottom halves and preemption nest", () => {
  const run = runKernel(`
    import { local_irq_disable, local_irq_enable, local_irq_save, local_irq_restore, irqs_disabled } from "asm/system";
    import { local_bh_disable, local_bh_enable } from "linux/interrupt";
    import { preempt_disable, preempt_enable, preempt_enable_no_resched, preempt_count, preemptible } from "linux/preempt";
    import { in_irq, in_interrupt, in_softirq, in_atomic } from "linux/hardirq";
    function main() {
      local_irq_disable(); log(irqs_disabled()); local_irq_enable(); log(irqs_disabled());
      const a = local_irq_save(); const b = local_irq_save(); local_irq_restore(b); log(irqs_disabled()); local_irq_restore(a); log(irqs_disabled());
      local_bh_disable(); local_bh_disable(); local_bh_enable(); log([preempt_count(), in_softirq() !== 0, in_interrupt() !== 0, in_irq()]); local_bh_enable();
      preempt_disable(); preempt_disable(); preempt_enable_no_resched(); log([preempt_count(), in_atomic(), preemptible()]); preempt_enable(); log([preempt_count(), preemptible()]);
      preempt_enable(); log(preempt_count());
    }`);
  expect(run.log).toEqual([true, false, true, false, [0x100, true, true, 0], [1, true, false], [0, true], 0]);
  expect(run.of("api-misused").map((e) => e.rule)).toEqual(["ctx-preempt-imbalance"]);
  expect(run.of("flags-restored").every((e) => e.flags?.restored === 1)).toBe(true);
});
