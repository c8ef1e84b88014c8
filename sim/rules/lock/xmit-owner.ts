import type { DeviceLike } from "../../machine/events.ts";
import { isXmitLock, related } from "../help.ts";
import type { Rule } from "../rule.ts";

export const xmitOwner: Rule = {
  id: "xmit-owner",
  family: "lock",
  title: "xmit_lock taken without its owner",
  statement:
    "Who takes dev.xmit_lock itself sets dev.xmit_lock_owner: by it netpoll (a printk through netconsole) sees that this CPU must not wait for the lock.",
  severity: "warning",
  condition:
    "netpoll waits for the xmit_lock of a device on the CPU where the model has taken it itself and has not set xmit_lock_owner",
  source: "net/core/netpoll.c: netpoll_send_skb(); net/sched/sch_generic.c: qdisc_restart()",
  kernelMessage: "BUG: spinlock recursion on CPU#%d",
  wrong: "spin_lock_bh(dev.xmit_lock);\nprintk(…);",
  right:
    "spin_lock_bh(dev.xmit_lock);\ndev.xmit_lock_owner = smp_processor_id();\nprintk(…);\ndev.xmit_lock_owner = -1;",
  fix: "Set the owner after the lock is taken and -1 before it is released.",
  detectedBy: ["run", "explore"],
  blocks: true,
  listen: (ctx) => ({
    "lock-acquire": (event) => {
      if (!isXmitLock(event.lock) || event.trylock) return;
      const held = ctx.state.locks.of(event.task).find((other) => other.lock === event.lock);
      if (held === undefined || held.cpu !== event.cpu || !held.place?.model) return;
      if (!ctx.machine.stack().some((place) => place.fn === "netpoll_send_skb")) return;
      const device = [...ctx.state.resources.devices.keys()].find(
        (one) => (one as DeviceLike & { readonly xmit_lock?: unknown }).xmit_lock === event.lock,
      );
      ctx.report({
        message: `netpoll waits for the xmit_lock of ${device?.name ?? "the device"}, which this CPU holds: xmit_lock_owner does not tell it`,
        place: held.place,
        about: [event.lock, device],
        related: [
          related("the message that is sent", {
            place: ctx.machine.here(),
            cpu: event.cpu,
            tick: event.point,
          }),
        ],
        also: ["lock-recursion", "xmit-reentry"],
      });
    },
  }),
};
