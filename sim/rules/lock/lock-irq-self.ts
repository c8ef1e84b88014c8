import type { LockLike } from "../../machine/events.ts";
import { at, byModel, isModelLock, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { conflicts, LockClasses, type Usage } from "../state/lock-classes.ts";
import { excludes } from "./lock-recursion.ts";

export const lockIrqSelf: Rule = {
  id: "lock-irq-self",
  family: "lock",
  title: "Lock of an interrupt handler taken with interrupts on",
  statement:
    "A lock that an interrupt handler takes is taken with interrupts off everywhere else: otherwise the handler can spin for ever on the CPU that it interrupted.",
  severity: "error",
  condition:
    "a class of locks is taken by the handler of a line, and somewhere else where that line can be delivered: interrupts on, its handler registered and not running there, the line not disabled (or the handler does spin on the lock of what it interrupted)",
  source: "Documentation/spinlocks.txt; kernel/lockdep.c: mark_lock() (2.6.18)",
  kernelMessage: "[ INFO: inconsistent lock state ] inconsistent {hardirq-on-W} -> {in-hardirq-W} usage.",
  wrong:
    "function my_xmit(skb: sk_buff, dev: net_device) {\n  spin_lock(p.lock); // my_interrupt takes it too",
  right: "function my_xmit(skb: sk_buff, dev: net_device) {\n  const flags = spin_lock_irqsave(p.lock);",
  fix: "Use spin_lock_irqsave() outside the handler (and inside it, if other handlers take the lock too).",
  detectedBy: ["static", "run", "explore"],
  consequence: "context",
  listen: (ctx) => {
    const classes = new LockClasses(
      ctx.machine,
      ctx.state.lines,
      (task, context) => ctx.state.callbacks.current(task, context)?.slot ?? null,
    );
    const judge = (lock: LockLike): void => {
      const cls = classes.of(lock.lockClass);
      for (const [line, { usage: inIrq, locks }] of cls.inIrq) {
        for (const on of cls.irqsOn.values()) {
          if (!conflicts(inIrq, on) || !mayCome(on, line) || !on.place?.model) continue;
          // one handler inside another: only the very same lock can be met twice
          if (on.handlersLock !== null && !locks.has(on.handlersLock)) continue;
          const handler = line < 0 ? "an interrupt handler" : `the handler of interrupt ${line}`;
          ctx.report({
            message: `${ctx.state.lockName(lock)} is taken with interrupts on, and ${handler} takes it at ${at(inIrq.place)}`,
            place: on.place,
            about: [lock],
            also: on.slot === "get_stats" ? ["stat-lock-type"] : [],
            related: [
              related(`${ctx.state.lockName(lock)} is taken in ${inIrq.context}`, inIrq),
              related("it is taken with interrupts on", on),
            ],
            kernel: [
              "=================================",
              "[ INFO: inconsistent lock state ]",
              "inconsistent {hardirq-on-W} -> {in-hardirq-W} usage.",
            ],
            stack: [],
          });
        }
      }
    };
    return {
      "lock-acquire": (event) => {
        if (event.trylock || event.context.kind !== "hardirq" || !byModel(ctx.machine)) return;
        const held = ctx.state.locks
          .of(event.task)
          .find((h) => h.lock === event.lock && h.context !== event.context);
        if (!held || !excludes(held.kind, event.kind)) return;
        ctx.report({
          message: `the interrupt handler spins on ${ctx.state.lockName(event.lock)}, which the code that it interrupted holds since ${at(held.place)}`,
          place: held.place,
          about: [event.lock],
          related: [related(`${ctx.state.lockName(event.lock)} was taken with interrupts on`, held)],
          kernel: [`BUG: spinlock lockup on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
        });
      },
      "lock-acquired": (event) => {
        if (event.kind === "semaphore" || event.kind === "mutex" || event.kind === "rtnl") return;
        if (!isModelLock(event.lock)) return;
        const place = ctx.state.locks.of(event.task).at(-1)?.place ?? null;
        if (classes.record(event, place)) judge(event.lock);
      },
      "irqs-on": (event) => {
        for (const held of ctx.state.locks.of(event.task)) {
          if (held.context !== event.context || !isModelLock(held.lock) || !SPINNING.has(held.kind)) continue;
          if (classes.recordOn(held)) judge(held.lock);
        }
      },
    };
  },
};

const SPINNING: ReadonlySet<string> = new Set(["spin", "read", "write"]);

/** A handler without a line is the kernel's own, and comes at any time. */
function mayCome(on: Usage, line: number): boolean {
  return line < 0 || on.openLines.includes(line);
}
