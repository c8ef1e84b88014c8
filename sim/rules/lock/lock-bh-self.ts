import type { LockLike } from "../../machine/events.ts";
import { at, byModel, isModelLock, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { conflicts, LockClasses } from "../state/lock-classes.ts";
import { excludes } from "./lock-recursion.ts";

export const lockBhSelf: Rule = {
  id: "lock-bh-self",
  family: "lock",
  title: "Lock of a softirq taken with bottom halves on",
  statement:
    "A lock that a timer, tasklet, poll or another softirq takes is taken with bottom halves (or interrupts) off in process context.",
  severity: "error",
  condition:
    "a class of locks is taken in softirq context, and in process context with bottom halves and interrupts on (or the softirq does spin on the lock of what it interrupted)",
  source: "Documentation/spinlocks.txt; kernel/lockdep.c: mark_lock() (2.6.18)",
  kernelMessage: "[ INFO: inconsistent lock state ] inconsistent {softirq-on-W} -> {in-softirq-W} usage.",
  wrong:
    "function my_ioctl(dev: net_device, ifr: ifreq, cmd: number) {\n  spin_lock(p.lock); // my_timer takes it too",
  right: "function my_ioctl(dev: net_device, ifr: ifreq, cmd: number) {\n  spin_lock_bh(p.lock);",
  fix: "Use spin_lock_bh() in process context; spin_lock_irqsave() if interrupt handlers take the lock too.",
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
      const softirq = cls.inSoftirq;
      if (softirq === null) return;
      for (const on of cls.bhOn.values()) {
        if (!conflicts(softirq, on) || !on.place?.model) continue;
        ctx.report({
          message: `${ctx.state.lockName(lock)} is taken with bottom halves on, and softirq context takes it at ${at(softirq.place)}`,
          place: on.place,
          about: [lock],
          also: on.slot === "get_stats" ? ["stat-lock-type"] : [],
          related: [
            related(`${ctx.state.lockName(lock)} is taken in ${softirq.context}`, softirq),
            related("it is taken with bottom halves on", on),
          ],
          kernel: [
            "=================================",
            "[ INFO: inconsistent lock state ]",
            "inconsistent {softirq-on-W} -> {in-softirq-W} usage.",
          ],
          stack: [],
        });
      }
    };
    return {
      "lock-acquire": (event) => {
        if (event.trylock || event.context.kind !== "softirq" || !byModel(ctx.machine)) return;
        const held = ctx.state.locks
          .of(event.task)
          .find((h) => h.lock === event.lock && h.context !== event.context);
        if (!held || !excludes(held.kind, event.kind)) return;
        ctx.report({
          message: `softirq context spins on ${ctx.state.lockName(event.lock)}, which the process that it interrupted holds since ${at(held.place)}`,
          place: held.place,
          about: [event.lock],
          related: [related(`${ctx.state.lockName(event.lock)} was taken with bottom halves on`, held)],
          kernel: [`BUG: spinlock lockup on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
        });
      },
      "lock-acquired": (event) => {
        if (event.kind === "semaphore" || event.kind === "mutex" || event.kind === "rtnl") return;
        if (!isModelLock(event.lock)) return;
        const place = ctx.state.locks.of(event.task).at(-1)?.place ?? null;
        if (classes.record(event, place)) judge(event.lock);
      },
      "bh-enabled": (event) => {
        if (event.count > 0 || event.irqsDisabled || event.context.kind !== "process") return;
        for (const held of ctx.state.locks.of(event.task)) {
          if (held.context !== event.context || !isModelLock(held.lock) || !SPINNING.has(held.kind)) continue;
          if (classes.recordOn(held)) judge(held.lock);
        }
      },
    };
  },
};

const SPINNING: ReadonlySet<string> = new Set(["spin", "read", "write"]);
