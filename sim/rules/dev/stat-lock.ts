import { byModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";
import { type Done, exclusiveLocks, shareLock, stillRuns } from "./overlap.ts";

export const statLock: Rule = {
  id: "stat-lock",
  family: "dev",
  title: "Counters of the card fetched by two at once",
  statement:
    "A counter that reading clears is fetched and added by one at a time: get_stats runs on several CPUs at once, beside timer and handler.",
  severity: "warning",
  condition:
    "two calls of the driver that overlap read the same clear-on-read counter, and hold no lock in common while they do",
  source: "Documentation/networking/netdevices.txt, dev->get_stats",
  kernelMessage: null,
  wrong: "p.stats.rx_missed_errors += ioread32(p.regs + RX_MISSED);",
  right:
    "const flags = spin_lock_irqsave(p.lock);\np.stats.rx_missed_errors += ioread32(p.regs + RX_MISSED);\nspin_unlock_irqrestore(p.lock, flags);",
  fix: "Read and add under a lock with interrupts off.",
  detectedBy: ["explore"],
  listen: (ctx) => {
    const last = new Map<string, Done>();
    return {
      "mmio-read": (event) => {
        const call = ctx.state.callbacks.current(event.task, event.context);
        if (call === null || !COUNTER.test(event.register) || !byModel(ctx.machine)) return;
        const key = `${event.card.name} ${event.register}`;
        const locks = exclusiveLocks(ctx, event.context);
        const earlier = last.get(key);
        const { n, cpu, point: tick } = event;
        last.set(key, { by: call, locks, n, place: ctx.machine.here(), cpu, tick });
        if (earlier === undefined || earlier.by.context === call.context) return;
        if (!stillRuns(ctx, earlier) || shareLock(locks, earlier.locks)) return;
        ctx.report({
          message: `${call.name}() and ${earlier.by.name}() fetch ${event.register} of ${event.card.name} at the same time, and what one has added may be lost`,
          about: [event.card],
          related: [related("the other fetches it", earlier)],
        });
      },
    };
  },
};

/** Counters of bank 0. */
const COUNTER = /^(TX_PACKETS|TX_BYTES|RX_PACKETS|RX_BYTES|RX_MISSED|COLLISIONS)$/;
