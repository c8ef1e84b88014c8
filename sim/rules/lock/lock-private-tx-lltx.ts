import { lockless, raceFinding, sameOwner } from "../race/finding.ts";
import type { Rule } from "../rule.ts";

/** What runs beside a lockless transmit and may touch its data. */
const OTHERS: ReadonlySet<string> = new Set(["stop", "tx_timeout", "set_multicast_list"]);

export const lockPrivateTxLltx: Rule = {
  id: "lock-private-tx-lltx",
  family: "lock",
  title: "Transmit lock of a lockless driver not taken",
  statement:
    "With NETIF_F_LLTX nothing but the driver's own lock keeps hard_start_xmit off set_multicast_list, tx_timeout and stop: these take it, too.",
  severity: "error",
  condition:
    "hard_start_xmit of a device with NETIF_F_LLTX races with its stop, tx_timeout or set_multicast_list",
  source:
    "Documentation/networking/netdevices.txt, hard_start_xmit; net/sched/sch_generic.c: dev_deactivate()",
  kernelMessage: null,
  wrong:
    "function my_stop(dev: net_device): number {\n  p.pending = 0; // hard_start_xmit changes it under p.tx_lock",
  right:
    "function my_stop(dev: net_device): number {\n  spin_lock_bh(p.tx_lock);\n  p.pending = 0;\n  spin_unlock_bh(p.tx_lock);",
  fix: "Take the transmit lock of the driver in stop, tx_timeout and set_multicast_list.",
  specialises: ["lock-data-race"],
  detectedBy: ["static", "run", "explore"],
  listen: (ctx) => ({
    "data-race": (event) => {
      const slots = sameOwner(event);
      if (slots === null || !lockless(event) || !slots.includes("hard_start_xmit")) return;
      if (slots.some((slot) => OTHERS.has(slot))) ctx.report(raceFinding(event));
    },
  }),
};
