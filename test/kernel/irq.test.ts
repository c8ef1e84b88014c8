import { expect, test } from "vitest";
import { runKernel } from "../support/kernel-test.ts";

test("an edge runs the handler in hard interrupt context; interrupts are on unless SA_INTERRUPT", () => {
  const run = runKernel(`
    import { request_irq, free_irq, SA_INTERRUPT, IRQ_HANDLED, IRQ_NONE, IRQ_RETVAL, in_irq, irqs_disabled, pt_regs } from "linux/interrupt";
    import { alloc_irq, raise_irq } from "lab/irq"; import { msleep } from "linux/delay"; import { IRQ_HANDLED as H, NR_IRQS } from "linux/irq";
    const seen: unknown[] = [];
    function isr(irq: number, dev: string, regs: pt_regs | null) { seen.push([dev, in_irq() !== 0, irqs_disabled(), regs !== null]); return IRQ_HANDLED; }
    function main() {
      const a = alloc_irq(), b = alloc_irq(); log([a !== b, request_irq(a, isr, 0, "a", "da"), request_irq(b, isr, SA_INTERRUPT, "b", "db")]);
      raise_irq(a); msleep(8); raise_irq(b); msleep(8); log(seen);
      free_irq(a, "da"); raise_irq(a); msleep(8); log(seen.length); free_irq(b, "db"); free_irq(b, "db");
      log([IRQ_NONE, H, IRQ_RETVAL(5), IRQ_RETVAL(0), NR_IRQS]);
    }`);
  expect(run.log).toEqual([
    [true, 0, 0],
    [
      ["da", true, false, true],
      ["db", true, true, true],
    ],
    2,
    [0, 1, 1, 0, 224],
  ]);
  expect(run.dmesg.filter((l) => l.startsWith("Trying to free free IRQ"))).toHaveLength(1);
  expect(run.of("irq-handled")).toHaveLength(2);
});

test("edges before delivery merge; one that comes while the handler runs makes it run again; never on two CPUs at once", () => {
  const run = runKernel(
    `
    import { request_irq, IRQ_HANDLED } from "linux/interrupt"; import { alloc_irq, raise_irq } from "lab/irq"; import { msleep, udelay } from "linux/delay";
    import { local_irq_disable, local_irq_enable } from "asm/system";
    const s = { n: 0, in: 0, most: 0, again: 0 };
    function main() {
      const irq = alloc_irq();
      request_irq(irq, () => { s.n++; s.in++; if (s.in > s.most) s.most = s.in; if (s.again-- > 0) raise_irq(irq); udelay(50); s.in--; return IRQ_HANDLED; }, 0, "x", null);
      local_irq_disable(); raise_irq(irq); raise_irq(irq); raise_irq(irq); local_irq_enable(); msleep(8); log(s.n);
      s.n = 0; s.again = 1; raise_irq(irq); msleep(8); log([s.n, s.most]);
    }`,
    { cpus: 1 },
  );
  expect(run.log).toEqual([1, [2, 1]]);
});

test("a level line interrupts while it is held; lower_irq before delivery cancels", () => {
  const run = runKernel(
    `
    import { request_irq, IRQ_HANDLED, local_irq_disable, local_irq_enable } from "linux/interrupt"; import { alloc_irq, raise_irq, lower_irq, free_lab_irq } from "lab/irq"; import { msleep } from "linux/delay"; import { free_irq } from "linux/interrupt";
    const s = { n: 0, keep: 3 };
    function main() {
      const irq = alloc_irq({ level: true });
      raise_irq(irq); msleep(4); log(s.n);
      request_irq(irq, () => { s.n++; if (--s.keep <= 0) lower_irq(irq); return IRQ_HANDLED; }, 0, "x", null); msleep(8); log(s.n);
      local_irq_disable(); raise_irq(irq); lower_irq(irq); local_irq_enable(); msleep(8); log(s.n);
      free_irq(irq, null); free_lab_irq(irq); log(alloc_irq() === irq);
    }`,
    { cpus: 1 },
  );
  expect(run.log).toEqual([0, 3, 3, true]);
});

test("disable_irq holds interrupts off and nests; an edge meanwhile is delivered at enable_irq", () => {
  const run = runKernel(`
    import { request_irq, disable_irq, disable_irq_nosync, enable_irq, synchronize_irq, IRQ_HANDLED } from "linux/interrupt"; import { disable_irq as d2 } from "asm/irq"; import { alloc_irq, raise_irq } from "lab/irq"; import { msleep, udelay } from "linux/delay"; import { cpu_relax } from "asm/processor";
    const s = { n: 0, in: 0 };
    function main() {
      const irq = alloc_irq(); request_irq(irq, () => { s.in = 1; s.n++; udelay(100); s.in = 0; return IRQ_HANDLED; }, 0, "x", null);
      d2(irq); disable_irq_nosync(irq); raise_irq(irq); msleep(8); log(s.n); enable_irq(irq); msleep(8); log(s.n); enable_irq(irq); msleep(8); log(s.n);
      raise_irq(irq); while (s.n < 2) cpu_relax(); synchronize_irq(irq); log(s.in); 
      raise_irq(irq); while (s.n < 3) cpu_relax(); disable_irq(irq); log(s.in); enable_irq(irq); enable_irq(irq);
    }`);
  expect(run.log).toEqual([0, 0, 1, 0, 0]);
  expect(run.of("warn")).toHaveLength(1);
});

test("shared lines: all handlers are asked; both must share; dev_id is needed", () => {
  const run = runKernel(`
    import { request_irq, free_irq, SA_SHIRQ, IRQ_HANDLED, IRQ_NONE, SA_SAMPLE_RANDOM, SA_PROBEIRQ } from "linux/interrupt"; import { alloc_irq, raise_irq } from "lab/irq"; import { msleep } from "linux/delay";
    const asked: string[] = []; const a = { a: 1 }, b = { b: 1 };
    function main() {
      const irq = alloc_irq();
      log([request_irq(irq, () => IRQ_NONE, SA_SHIRQ, "n", null), request_irq(9999, () => IRQ_NONE, 0, "n", null), request_irq(200, () => IRQ_NONE, 0, "n", null)]);
      log([request_irq(irq, () => { asked.push("a"); return IRQ_NONE; }, SA_SHIRQ, "a", a), request_irq(irq, () => { asked.push("b"); return IRQ_HANDLED; }, SA_SHIRQ | SA_SAMPLE_RANDOM, "b", b), request_irq(irq, () => IRQ_NONE, 0, "c", null)]);
      asked.length = 0; raise_irq(irq); msleep(8); log(asked.join("")); free_irq(irq, a); raise_irq(irq); msleep(8); log(asked.join("")); log(SA_PROBEIRQ);
    }`);
  expect(run.log).toEqual([[-22, -22, -38], [0, 0, -16], "ab", "abb", 0x08000000]);
});

test("after request_irq on a shared line a spurious interrupt may follow at once: a decision", () => {
  const results = new Set<unknown>();
  for (let seed = 1; seed <= 6; seed++) {
    const run = runKernel(
      `
      import { request_irq, SA_SHIRQ, IRQ_NONE } from "linux/interrupt"; import { alloc_irq } from "lab/irq";
      const s = { n: 0 };
      function main() { request_irq(alloc_irq(), () => { s.n++; return IRQ_NONE; }, SA_SHIRQ, "x", s); log(s.n); }`,
      { seed },
    );
    results.add(run.log[0]);
  }
  expect([...results].sort()).toEqual([0, 1]);
});

test("softirqs that an interrupt raises run at its end", () => {
  const run = runKernel(
    `
    import { request_irq, IRQ_HANDLED, DECLARE_TASKLET, tasklet_schedule, in_irq } from "linux/interrupt"; import { alloc_irq, raise_irq } from "lab/irq"; import { msleep } from "linux/delay"; import { current } from "linux/sched";
    const t = DECLARE_TASKLET(() => log(["tasklet", in_irq()]), null);
    function main() { const irq = alloc_irq(); request_irq(irq, () => { log("isr"); tasklet_schedule(t); log("isr end"); return IRQ_HANDLED; }, 0, "x", null); raise_irq(irq); msleep(4); }`,
    { cpus: 1 },
  );
  expect(run.log).toEqual(["isr", "isr end", ["tasklet", 0]]);
  const softirq = run.of("context-entered").find((e) => e.entered.name === "TASKLET");
  expect(softirq?.entered.below?.kind).toBe("hardirq");
});

test("probing finds the line that interrupted", () => {
  const run = runKernel(`
    import { probe_irq_on, probe_irq_off } from "linux/interrupt"; import { raise_irq } from "lab/irq"; import { msleep } from "linux/delay";
    function main() { const m = probe_irq_on(); raise_irq(9); msleep(8); log(probe_irq_off(m)); log(probe_irq_off(probe_irq_on())); }`);
  expect(run.log).toEqual([9, 0]);
});

test("free_irq and request_irq in the wrong place are told", () => {
  const run = runKernel(`
    import { free_irq, local_bh_disable, local_bh_enable } from "linux/interrupt";
    function main() { local_bh_disable(); free_irq(5, null); local_bh_enable(); }`);
  expect(run.of("context-restricted").map((e) => e.fn)).toContain("free_irq");
  expect(run.of("warn")).toHaveLength(1);
  expect(run.of("might-sleep").some((e) => e.fn === "free_irq" && e.atomic)).toBe(true);
});
