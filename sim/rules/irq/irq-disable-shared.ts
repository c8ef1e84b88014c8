import { at, byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import type { Moment } from "../state/dependencies.ts";

/** Longer than this a line of several devices must not be shut. */
const LONGEST_MS = 10;
const NS_PER_MS = 1_000_000;
/** include/asm-i386/signal.h: SA_SHIRQ */
const SA_SHIRQ = 0x04000000;

export const irqDisableShared: Rule = {
  id: "irq-disable-shared",
  family: "irq",
  title: "Shared line disabled for long",
  statement:
    "disable_irq() on a shared line stops the other devices' interrupts, too: keep the section short.",
  severity: "warning",
  condition: `a line that was requested with SA_SHIRQ is disabled by the model for more than ${LONGEST_MS} ms`,
  source: "kernel/irq/manage.c: disable_irq()",
  kernelMessage: null,
  wrong: "disable_irq(dev.irq);\nmsleep(100);\nenable_irq(dev.irq);",
  right: "writel(0, p.io + IMR); // mask the own device only\nsynchronize_irq(dev.irq);\nmsleep(100);",
  fix: "Mask the interrupts of the own device, and synchronize_irq().",
  detectedBy: ["run"],
  listen: (ctx) => {
    const since = new Map<number, Moment & { readonly ns: number }>();
    return {
      "irq-disabled": (event) => {
        const { irq, depth, cpu, point: tick, timeNs: ns } = event;
        const shared = ctx.state.resources.irqs.some((held) => held.irq === irq && held.flags & SA_SHIRQ);
        if (depth === 1 && shared && byModel(ctx.machine))
          since.set(irq, { place: ctx.machine.here(), cpu, tick, ns });
      },
      "irq-freed": (event) => void since.delete(event.irq),
      "irq-enabled": (event) => {
        const off = since.get(event.irq);
        if (event.depth > 0 || off === undefined) return;
        since.delete(event.irq);
        const ms = (event.timeNs - off.ns) / NS_PER_MS;
        if (ms <= LONGEST_MS) return;
        ctx.report({
          message: `the shared line ${event.irq} was disabled for ${Math.round(ms)} ms, since ${at(off.place)}: other devices had no interrupts`,
          place: off.place,
          related: [related(`irq ${event.irq} was disabled`, off)],
        });
      },
    };
  },
};
