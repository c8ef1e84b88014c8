import type { Task } from "../../machine/model.ts";
import { byModel } from "../help.ts";
import type { Rule } from "../rule.ts";

const LIMIT_NS = 10e6;

export const ctxLongBusy: Rule = {
  id: "ctx-long-busy",
  family: "ctx",
  title: "Long busy wait in atomic context",
  statement:
    "Nobody busy-waits for long while interrupts are off, a spinlock is held or a softirq runs: the CPU serves nobody else.",
  severity: "warning",
  condition: "udelay() or mdelay() add up to 10 ms and more within one atomic section of the model",
  source: "kernel/softlockup.c: softlockup_tick()",
  kernelMessage: "BUG: soft lockup detected on CPU#%d!",
  wrong: "spin_lock_irq(p.lock);\nreset(p);\nmdelay(500);\nspin_unlock_irq(p.lock);",
  right: "spin_lock_irq(p.lock);\nreset(p);\nspin_unlock_irq(p.lock);\nmsleep(500);",
  fix: "Wait in process context with msleep(), or in steps of a timer.",
  detectedBy: ["run"],
  consequence: "context",
  listen: (ctx) => {
    const waited = new Map<Task, number>();
    const reset = (task: Task): void => {
      if (waited.size > 0 && ctx.state.locks.of(task).length === 0) waited.delete(task);
    };
    return {
      "busy-wait": (event) => {
        if (!event.atomic && !event.irqsDisabled) return void waited.delete(event.task);
        if (!byModel(ctx.machine)) return;
        const sum = (waited.get(event.task) ?? 0) + event.ns;
        waited.set(event.task, sum);
        if (sum >= LIMIT_NS) {
          ctx.report({
            message: `${event.fn}() keeps the CPU busy for ${Math.round(sum / 1e6)} ms in atomic context`,
          });
        }
      },
      "lock-release": (event) => reset(event.task),
      "callback-entered": (event) => reset(event.task),
      "callback-left": (event) => reset(event.task),
    };
  },
};
