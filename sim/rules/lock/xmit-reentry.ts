import { at, byModel, isXmitLock, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const xmitReentry: Rule = {
  id: "xmit-reentry",
  family: "lock",
  title: "xmit_lock taken where it is held already",
  statement:
    "hard_start_xmit (without NETIF_F_LLTX), tx_timeout and set_multicast_list are called with dev->xmit_lock held: they must not take it again.",
  severity: "error",
  condition:
    "xmit_lock of a device is taken by a context that holds it, directly or through netif_tx_disable() or dev_mc_*()",
  source: "Documentation/networking/netdevices.txt (hard_start_xmit, tx_timeout, set_multicast_list)",
  kernelMessage: "BUG: spinlock lockup on CPU#%d",
  wrong: "function my_tx_timeout(dev: net_device) {\n  netif_tx_disable(dev);\n  reset(dev);\n}",
  right:
    "function my_tx_timeout(dev: net_device) {\n  netif_stop_queue(dev); // xmit_lock is held\n  reset(dev);\n}",
  fix: "Rely on the lock that the core holds for you.",
  detectedBy: ["static", "run"],
  specialises: ["lock-recursion"],
  consequence: "context",
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (event.trylock || !isXmitLock(event.lock) || !byModel(ctx.machine)) return;
      const held = ctx.state.locks.inContext(event.context).find((h) => h.lock === event.lock);
      if (!held) return;
      const slot = ctx.state.callbacks.current(event.task, event.context)?.slot ?? "this context";
      ctx.report({
        message: `xmit_lock is taken in ${slot}, where it is held since ${at(held.place)}`,
        about: [event.lock],
        related: [related("xmit_lock was taken", held)],
        kernel: [`BUG: spinlock recursion on CPU#${event.cpu}, ${event.task.name}/${event.task.id}`],
      });
    },
  }),
};
