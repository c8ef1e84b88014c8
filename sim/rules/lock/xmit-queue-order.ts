import { at, calledByModel, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const xmitQueueOrder: Rule = {
  id: "xmit-queue-order",
  family: "lock",
  title: "queue_lock and xmit_lock nested",
  statement:
    "Nobody spins on xmit_lock under queue_lock, nor on queue_lock under xmit_lock: the core only tries xmit_lock while it holds queue_lock.",
  severity: "error",
  condition:
    "one of a device's two transmit locks is taken by the model, other than by a trylock, while it holds the other",
  source: "include/linux/netdevice.h: struct net_device; net/sched/sch_generic.c: qdisc_restart()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "spin_lock_bh(dev.queue_lock);\nspin_lock(dev.xmit_lock);",
  right: "spin_lock_bh(dev.queue_lock);\nspin_unlock_bh(dev.queue_lock);\nspin_lock_bh(dev.xmit_lock);",
  fix: "Release the one before the other is taken; a driver seldom needs queue_lock at all.",
  detectedBy: ["run", "explore"],
  specialises: ["lock-order"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-acquired": (event) => {
      const other = PARTNER.get(event.lock.lockName);
      if (other === undefined || event.trylock || !LOCKING.test(calledByModel(ctx.machine) ?? "")) return;
      const held = ctx.state.locks.inContext(event.context).find((h) => h.lock.lockName === other);
      if (!held) return;
      ctx.report({
        message: `${event.lock.lockName} is taken while ${other} is held since ${at(held.place)}`,
        about: [event.lock, held.lock],
        related: [related(`${other} was taken`, held)],
      });
    },
  }),
};

const PARTNER: ReadonlyMap<string, string> = new Map([
  ["queue_lock", "xmit_lock"],
  ["xmit_lock", "queue_lock"],
]);
const LOCKING = /^spin_lock/;
