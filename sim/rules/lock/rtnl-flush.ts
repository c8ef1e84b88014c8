import type { Rule } from "../rule.ts";
import { reportsCycles } from "./cycles.ts";

export const rtnlFlush: Rule = {
  id: "rtnl-flush",
  family: "lock",
  title: "Flushing works with rtnl held",
  statement: "keventd runs linkwatch, which takes rtnl: who holds rtnl must not wait for its works.",
  severity: "error",
  condition: "flush_scheduled_work(), or another wait for a work that takes rtnl, is called with rtnl held",
  source: "net/core/link_watch.c: linkwatch_event(); kernel/workqueue.c: flush_workqueue()",
  kernelMessage: "[ INFO: possible circular locking dependency detected ] (lockdep, 2.6.18)",
  wrong: "function my_stop(dev: net_device) { // rtnl is held\n  flush_scheduled_work();",
  right: "function my_remove(pdev: pci_dev) {\n  unregister_netdev(dev);\n  flush_scheduled_work();",
  fix: "Flush where rtnl is not held, and let the work look at netif_running() under rtnl.",
  detectedBy: ["static", "run", "explore"],
  specialises: ["work-flush-lock"],
  consequence: "context",
  listen: reportsCycles("rtnl-flush"),
};
