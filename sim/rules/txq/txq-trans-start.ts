import type { DeviceLike } from "../../machine/events.ts";
import type { Rule } from "../rule.ts";

export const txqTransStart: Rule = {
  id: "txq-trans-start",
  family: "txq",
  title: "trans_start not set",
  statement:
    "A driver with tx_timeout sets dev.trans_start = jiffies for each packet that it queues: the watchdog goes by it.",
  severity: "warning",
  condition:
    "hard_start_xmit accepts a packet and keeps it, dev.tx_timeout is set, and the call did not assign dev.trans_start",
  source: "Documentation/networking/driver.txt (2); net/sched/sch_generic.c: dev_watchdog()",
  kernelMessage: "NETDEV WATCHDOG: %s: transmit timed out",
  wrong: "p.ring[i] = skb;\nreturn NETDEV_TX_OK;",
  right: "p.ring[i] = skb;\ndev.trans_start = jiffies;\nreturn NETDEV_TX_OK;",
  fix: "Assign dev.trans_start in hard_start_xmit.",
  detectedBy: ["static", "run"],
  listen: (ctx) => {
    const last = new Map<object, { value: unknown; sinceNs: number }>();
    return {
      "xmit-result": (event) => {
        const dev = event.device as DeviceLike & { trans_start?: unknown; tx_timeout?: unknown };
        const known = last.get(dev);
        const assigned = known === undefined || known.value !== dev.trans_start;
        if (assigned) last.set(dev, { value: dev.trans_start, sinceNs: event.timeNs });
        if (assigned || event.result !== 0 || !dev.tx_timeout) return;
        // within one jiffy an assignment cannot be told from none
        if (event.timeNs - known.sinceNs < 2 * JIFFY_NS) return;
        const record = ctx.state.skbs.of(event.skb);
        if (record?.owner === "freed" || record?.owner === "stack") return;
        const entry = ctx.state.callbacks.lastOf(event.context);
        ctx.report({
          message: `hard_start_xmit of ${dev.name} queues a packet and leaves dev.trans_start as it was`,
          place: entry ? ctx.state.callbacks.place(entry) : null,
          about: [event.skb],
        });
      },
    };
  },
};

const JIFFY_NS = 4_000_000;
