import type { RaceSide } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const lockDataRace: Rule = {
  id: "lock-data-race",
  family: "lock",
  title: "Data race",
  statement:
    "Data that several contexts share is protected by one lock that all of them take, or by another documented protocol: atomic operations, a single writer, barriers.",
  severity: "error",
  condition:
    "two contexts access one field, element or collection, one of them writes, and no lock, atomic operation, barrier, interrupt edge, completion, wake-up or queueing orders them; a word that only one context at a time writes may be read by others, and numbers may be overwritten",
  source: "Documentation/memory-barriers.txt; Documentation/spinlocks.txt",
  kernelMessage: "BUG: KCSAN: data-race in %s / %s (modern)",
  wrong:
    "function my_isr(irq: number, dev: net_device): number {\n  p.mask &= ~RX; // the poll function changes it, too\n  return IRQ_HANDLED;\n}",
  right:
    "function my_isr(irq: number, dev: net_device): number {\n  spin_lock(p.lock);\n  p.mask &= ~RX;\n  spin_unlock(p.lock);\n  return IRQ_HANDLED;\n}",
  fix: "Take the same lock round both accesses (spin_lock_irqsave where an interrupt handler is one of them), or use atomic or bit operations.",
  how: ["run", "explore"],
  listen: (ctx) => ({
    "data-race": (event) => {
      const { first, second } = event;
      ctx.report({
        message: `${event.name} is ${done(second)} by ${where(second)} and ${done(first)} by ${where(first)}; nothing orders the two`,
        place: second.place,
        about: [event.object],
        stack: second.stack,
        related: first.stack.slice(0, 6).map((place, i) => ({
          message: i === 0 ? `${done(first)} here by ${where(first)}` : `called from ${place.fn}`,
          place,
          cpu: first.cpu,
          tick: first.tick,
        })),
        kernel: [`BUG: data-race in ${first.place.fn} / ${second.place.fn}`, text(second), text(first)],
      });
    },
  }),
};

function done(side: RaceSide): string {
  return side.write ? "written" : "read";
}

function where(side: RaceSide): string {
  const held = side.held.length === 0 ? "without a lock" : `under ${side.held.join(", ")}`;
  return `${side.context} on CPU ${side.cpu} ${held}`;
}

function text(side: RaceSide): string {
  return `${side.write ? "write" : "read"} by ${where(side)} at ${side.place.file}:${side.place.line}`;
}
